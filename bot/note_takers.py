"""Note takers: whoever comes to a meeting may take its notes. For that meeting they put what comes up on the agenda, and write down what became of the items."""

from storage.coming import note_takers
from storage.meetings import Meeting
from storage.people import Person
from storage.tenancy import Session


def takes_notes(session: Session, meeting: Meeting, person: Person) -> bool:
    return person.id in {one.id for one in note_takers(session, meeting)}
