"""What the demonstration says of the organisation: made up, and saying so, for no real charity answers for this site."""

ABOUT = {
    "legal_name": "A made-up charity, for this demonstration",
    "registered": "Nowhere. Your charity number stands here, such as Scottish Charity Register, SC000000",
    "postal_address": "1 Example Street, Edinburgh (made up)",
    "office_contact": "office@demo.example (made up)",
    "counsellors": (
        "**This text is made up.** Yours says who answers, and why people can trust them. For example:\n\n"
        "- All of our counsellors are paid. Before they start, we check their past (PVG).\n"
        "- They train for three months before they answer on their own.\n"
        "- Each of them talks about their work with a senior counsellor every two weeks. We leave out anything that could say who "
        "you are."
    ),
    "complaints": (
        "**This text is made up.** Yours says how to complain. For example:\n\n"
        "- Tell us when you call, or in a message. Say that it is a complaint.\n"
        "- Or write to the office. You do not have to give your name. Without one, look for our answer in your conversation.\n"
        "- Someone who did not answer you reads it. We answer within 20 working days.\n"
        "- If you are still not happy, go to the regulator of charities in your country."
    ),
    "privacy": (
        "**This text is made up.** Yours says what the law asks for. For example:\n\n"
        "- **Who decides about your data?** We do. You can reach the person in charge of data at the office.\n"
        "- **Why may we hold it?** Because we try to keep children safe, and you asked us for help.\n"
        "- **Who else sees it?** No one, unless the limit on what stays private applies.\n"
        "- **What are your rights?** You can see what we hold, put it right or delete it. Your eight words do that. The office cannot, "
        "because it does not know which messages are yours.\n"
        "- **Not happy?** Complain to the [Information Commissioner](https://ico.org.uk/make-a-complaint/)."
    ),
    "accessibility": (
        "**This text is made up.** Yours says how well the site works for everyone. For example:\n\n"
        "- We want this site to meet WCAG 2.2, level AA. We test each page with a program. Tell us if something does not work for you.\n"
        "- You can make the text twice as large, use a keyboard alone, and have pages read out.\n"
        "- You need JavaScript to write to us. Without it, you can call.\n"
        "- If we do not answer well, the [Equality Advisory and Support Service](https://www.equalityadvisoryservice.com/) can help."
    ),
}
