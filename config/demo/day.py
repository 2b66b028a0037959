"""What lies on the demonstration's desk: conversations in every state of a counsellor's day. All of it is made up."""

from datetime import datetime

from config.demo.sums import seed_sums
from config.demo.writing import DemoWriter, demo_days_ago, new_inbox_words, write_demo_message
from messaging.desk.assignment import claim_conversation, hand_over_conversation
from messaging.desk.close import WrapUp, close_conversation
from messaging.desk.flag import flag_conversation
from messaging.desk.open_conversation import open_conversation
from messaging.desk.snooze import snooze_conversation
from messaging.models import FlagReason, Route, Signpost

ASKED = (
    "I have been in chats with people who say they are 15. I have not met anyone. I know it is wrong and I keep going back. "
    "I don't know how to stop, and I am frightened of what happens if I tell someone."
)
ANSWERED = (
    "Thank you for writing. That was hard to do, and it was the right thing. You can stop, and we can help you to. "
    "For tonight: leave the chats, put the phone in another room, and write here if the urge comes back. "
    "When you are ready, tell us what usually happens just before you open it."
)
HANDED = (
    "My husband's laptop was open and I saw the names of the files. I closed it and said nothing. We have a daughter of nine. "
    "I have not slept since. Do I have to leave him tonight?"
)
HANDED_NOTE = (
    "She wrote at night, while he was away at work. I think she needs one clear step for today, and a time to talk on the phone. "
    "I am on the phone line from now on, so please take this."
)
NEXT = "It is the third week that I have not looked at anything. Today was bad. Can I tell you about it?"
SNOOZED = (
    "My son is 16 and on the bus home he told me what he does online. I said I would find out who can help. He says he wants it to stop."
)
SNOOZED_ANSWER = (
    "It says a great deal that he told you. Let him know that you are glad he did. You could read our page for under-18s together "
    "this evening. Write to us tomorrow how it went, and we can plan the next step."
)
SNOOZED_NOTE = "Reads the page with his son tonight. Look again tomorrow morning, whether or not he has written."
FLAGGED = "I do not see a way to go on if my family hears of this. I have been sitting in the car for two hours."
FLAGGED_NOTE = "I am about to give him 999 and the Samaritans, and to ask whether he is safe now. Please look at this with me."
CLOSED = "I teach at a primary school and a friend says things about the children in my class that make me feel sick. What do I do?"
CLOSED_ANSWER = (
    "You are right to be worried, and you do not need to be sure. Tell the child protection officer at your school today what he "
    "said, in his words. If you cannot reach them, ring the police on 101. You can come back here at any time."
)
WAITING = (
    ("I deleted everything and now I cannot stop shaking. Is there anyone there?", "self"),
    ("My brother is out of prison on Friday and wants to stay with us. We have two small boys.", "other"),
)
REPLIES = (
    (
        "A first answer",
        "Thank you for writing. I am {name of counsellor}, and I read what you wrote. It takes courage to say this to someone. "
        "May I ask you one thing first: are you safe today, and is everyone around you safe?",
    ),
    (
        "When we answer",
        "We answer {opening hours}. If you write at another time we read it when we open. If someone is in danger now, call 999.",
    ),
    (
        "A plan for a difficult evening",
        "For this evening: put the device in another room, be where someone else is, and call a person who does you good. "
        "An urge passes. Write down when it came and what helped.",
    ),
)


def seed_day(moira: DemoWriter, callum: DemoWriter, priya: DemoWriter, *, at: datetime) -> str:
    """Conversations with the three in every state, two that wait, saved replies and sums. Returns the words of the one with a reply."""
    words = new_inbox_words()
    first = write_demo_message(ASKED, "self", at=demo_days_ago(at, days=1), words=words)
    claim_conversation(moira.member, first, at=demo_days_ago(at, days=1))
    moira.answer(first, ANSWERED, at=demo_days_ago(at, hours=23))

    handed = _taken(callum, HANDED, "other", at=demo_days_ago(at, hours=4))
    callum.note(handed, HANDED_NOTE, at=demo_days_ago(at, hours=1))
    hand_over_conversation(callum.member, handed, moira.member.public_id, at=demo_days_ago(at, hours=1))
    _taken(moira, NEXT, "self", at=demo_days_ago(at, hours=2))

    snoozed = _taken(callum, SNOOZED, "other", at=demo_days_ago(at, hours=6))
    callum.answer(snoozed, SNOOZED_ANSWER, at=demo_days_ago(at, hours=5))
    callum.note(snoozed, SNOOZED_NOTE, at=demo_days_ago(at, hours=5))
    snooze_conversation(callum.member, snoozed, "tomorrow", at=at)

    flagged = _taken(priya, FLAGGED, "self", at=demo_days_ago(at, minutes=50))
    priya.note(flagged, FLAGGED_NOTE, at=demo_days_ago(at, minutes=30))
    flag_conversation(priya.member, flagged, FlagReason.SELF_HARM, at=demo_days_ago(at, minutes=30))

    closed = _taken(priya, CLOSED, "professional", at=demo_days_ago(at, days=2))
    priya.answer(closed, CLOSED_ANSWER, at=demo_days_ago(at, days=2), kind="closing")
    close_conversation(priya.member, closed, WrapUp(Route.PROFESSIONAL, (), (Signpost.POLICE,)), at=demo_days_ago(at, days=2))

    for number, (text, route) in enumerate(WAITING):
        write_demo_message(text, route, at=demo_days_ago(at, minutes=20 - 10 * number))
    for name, text in REPLIES:
        moira.save(name, text, at=at)
    seed_sums([moira.member, callum.member, priya.member], at=at)
    return " ".join(words)


def _taken(by: DemoWriter, text: str, route: str, *, at: datetime) -> bytes:
    """Someone wrote, and the counsellor took it at once and read it."""
    conversation = write_demo_message(text, route, at=at)
    claim_conversation(by.member, conversation, at=at)
    open_conversation(by.member, conversation, at=at)
    return conversation
