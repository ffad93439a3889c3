package hesop

import (
	"hesopmatch/hesop/internal/padding"
	"hesopmatch/internal/textform"
)

// Attended says whether the patient attended the appointment. The zero value is NotStated.
//
// The values are those of the HES Technical Output Specification (V1.15), field ATTENDED. The value 0, for appointments
// that were still in the future when the data were extracted, comes from the NHS Data Dictionary.
type Attended uint8

// The values of the column named attended.
const (
	NotStated           Attended = iota // the field is empty, or there is no such column
	InFuture                            // 0
	CancelledByPatient                  // 2
	DidNotAttend                        // 3
	CancelledByHospital                 // 4
	Seen                                // 5
	SeenLate                            // 6
	LateNotSeen                         // 7
	AttendedUnknown                     // 9
	AttendedOther                       // any other value; Appointment.Text returns it
)

// parseAttended reads the text of the column named attended. It accepts surrounding space and other spellings of the
// number (5.0, 05).
func parseAttended(text []byte) Attended {
	text = fold(padding.Trim(text))
	if len(text) == 0 {
		return NotStated
	}
	if len(text) > 1 {
		return AttendedOther
	}
	switch text[0] {
	case '0':
		return InFuture
	case '2':
		return CancelledByPatient
	case '3':
		return DidNotAttend
	case '4':
		return CancelledByHospital
	case '5':
		return Seen
	case '6':
		return SeenLate
	case '7':
		return LateNotSeen
	case '9':
		return AttendedUnknown
	default:
		return AttendedOther
	}
}

// WasSeen reports whether the patient was seen, on time or late. Analyses usually count these as attended.
func (a Attended) WasSeen() bool { return a == Seen || a == SeenLate }

// String describes the value in words.
func (a Attended) String() string {
	switch a {
	case NotStated:
		return "not stated"
	case InFuture:
		return "in the future"
	case CancelledByPatient:
		return "cancelled by the patient"
	case DidNotAttend:
		return "did not attend"
	case CancelledByHospital:
		return "cancelled by the hospital"
	case Seen:
		return "seen"
	case SeenLate:
		return "arrived late, seen"
	case LateNotSeen:
		return "arrived late, not seen"
	case AttendedUnknown:
		return "not known"
	default:
		return "not a value of the set"
	}
}

// MarshalText returns the text of String.
func (a Attended) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads the text of MarshalText.
func (a *Attended) UnmarshalText(text []byte) error {
	return textform.Read(a, text, "attendance", NotStated, InFuture, CancelledByPatient, DidNotAttend,
		CancelledByHospital, Seen, SeenLate, LateNotSeen, AttendedUnknown, AttendedOther)
}
