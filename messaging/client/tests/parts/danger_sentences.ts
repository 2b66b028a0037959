/** Sentences that mean danger in three languages, and sentences that only sound like it. */

export const ENDING: readonly string[] = [
  "I want to kill myself tonight.", "I am going to kill my self", "im gonna killmyself", "I keep thinking about killing myself", "i just want to die",
  "I wish I was dead", "I wish I were dead", "Everybody would be better off without me", "They'd be better off if I was dead.", "I don’t want to live anymore",
  "i dont want to be here any more", "I do not want to wake up tomorrow", "I'm suicidal", "thinking about suicide every day", "I feel suisidal and sucidal",
  "I will end my life when the police come", "I have planned to take my own life", "I'm going to end it all", "tonight I will end it for good", "I can't go on like this",
  "I cannot live with myself", "I can’t live with what I did", "I do not see a way to go on if my family hears of this.", "there is no way out", "I see no way out", "no point in living",
  "There is nothing left to live for", "life is not worth living", "I am tired of living", "I am going to hang myself", "I might hurt myself", "I have been cutting myself",
  "self-harm is all I have left", "I took an overdose", "I have taken all the tablets", "I will jump off a bridge", "I could step in front of a train", "By the time you read this I will be gone",
  "I do not want to kill myself, but I think of it", "my husband says he wants to die", "My son tried to kill himself", "He said he would end his life", "I want to\n\ndie", "I WANT TO DIE",
  "I deserve to die for this", "i wanna die", "i might kms tonight", "I am ready to die",
];
export const ENDING_POLISH: readonly string[] = [
  "Chcę się zabić.", "zabiję się dzisiaj", "Myślę o samobójstwie", "mam mysli samobojcze", "Nie chcę już żyć", "nie chce mi sie zyc", "Nie mam siły żyć", "Chcę umrzeć", "chciałbym umrzeć",
  "Wolałabym nie żyć", "Odbiorę sobie życie", "odebrać sobie życie", "Chcę ze sobą skończyć", "skończę ze sobą", "Powieszę się", "chcę się powiesić", "nie widzę wyjścia", "nie widzę sensu życia",
  "będzie im lepiej beze mnie", "tnę się", "skoczę z mostu", "rzucę się pod pociąg", "połknąłem wszystkie tabletki", "On chce się zabić", "samookaleczam się",
];
export const ENDING_WELSH: readonly string[] = [
  "Dw i eisiau lladd fy hun.", "rwy'n mynd i ladd fy hun", "Dw i eisiau marw", "dwi isio marw", "Dw i ddim eisiau byw", "sai'n moyn byw: dw i ddim moyn byw", "meddwl am hunanladdiad",
  "Rwy’n meddwl am roi diwedd ar fy mywyd", "Byddai’n well i bawb hebof i", "does dim rheswm i fyw", "dw i’n niweidio fy hun", "Dw i’n torri fy hun", "gorddos", "crogi fy hun",
  "does dim ffordd allan", "mae e eisiau lladd ei hun",
];
export const HURT: readonly string[] = [
  "my neighbour is hurting a child right now", "He's hurting her now", "My husband is abusing our daughter", "I think my brother is touching my niece", "a man is raping a little girl", "he is beating me",
  "A child is in danger", "she is in serious danger", "my kids are not safe with him", "I am in danger", "He has a knife", "My dad is touching me", "she is being abused next door", "I am being hurt",
  "I am going to hurt a child", "I'm afraid I will hurt a child", "I am scared that I might touch her", "I might touch my daughter", "I want to rape a child", "I have an urge to touch my step-daughter",
  "I don't want to hurt a child but I am afraid I will do it", "I am alone with my niece tonight", "I am alone with her right now", "I am meeting a 13-year-old tomorrow", "he is going to meet a girl tonight",
  "He threatened to kill me", "he said he is going to kill her", "he touches my daughter every night", "I can hear the little boy next door screaming", "My uncle keeps touching my little sister",
  "My step-dad is hurting me", "I am still abusing my stepson",
];
export const HURT_POLISH: readonly string[] = [
  "Sąsiad krzywdzi dziecko.", "On bije moje dziecko", "Mój mąż molestuje naszą córkę", "ojciec mnie bije", "Dziecko jest w niebezpieczeństwie", "Ona jest w niebezpieczeństwie", "jestem w niebezpieczeństwie",
  "Boję się, że skrzywdzę dziecko", "Zabiję ją", "on ma nóż", "spotykam się jutro z 13-latką", "wujek dotyka moją siostrę", "słyszę, jak dziecko krzyczy",
];
export const HURT_WELSH: readonly string[] = [
  "Mae e'n brifo plentyn nawr. Mae fy nghymydog yn brifo plentyn", "Mae fy ngŵr yn cam-drin fy merch", "mae e yn ei brifo hi", "Mae plentyn mewn perygl", "Mae hi mewn perygl", "dw i mewn perygl",
  "Dw i'n ofni y bydda i'n brifo plentyn", "Dw i'n mynd i frifo plentyn", "mae hi yn cael ei cham-drin",
];
export const LEFT_ALONE: readonly string[] = [
  "I killed the lights and went to bed.", "My phone died.", "My wife will kill me if she finds out.", "I was killing time online.", "I am dying to tell somebody.", "This is killing me.", "I was scared to death.",
  "My boss set a deadline.", "It was to die for.", "I nearly died laughing.", "We are hanging out tomorrow.", "My son plays in the dead of night.", "I deleted the app to kill the habit.", "My marriage is in danger.",
  "My shoes are hurting me.", "If I tell her it will hurt her.", "The truth will hurt my daughter.", "I have never hurt a child.", "I would never touch a child.", "I do not want to hurt anybody.",
  "I am not going to hurt a child.", "I will never hurt her again", "I abused a child years ago and I am ashamed.", "My father hit me when I was small.", "I looked at pictures of children and I cannot stop.", "I want my life back.",
  "I am taking my life in a new direction.", "I want to end my marriage.", "I want to end it with him.", "I want to stop.", "It is 10 kms from here.", "I fell and hurt myself at football.", "My kids are screaming in the garden.",
  "We watched Suicide Squad.", "I take tablets for my heart.", "I take my tablets every day", "I have taken some tablets for a headache", "My daughter is at school now.", "I am seeing my kids this weekend.", "I would do anything for my children.",
  "I will end my life of lies", "I am ashamed of my own life.", "There is no way round it.", "I feel dead inside at work", "My grandmother died in May.", "I do not know how to stop, and I am frightened.", "He hurt her feelings",
  "I hope the battery does not die", "I could kill for a cup of tea", "I have not met anyone. I know it is wrong and I keep going back.",
  "Żona mnie zabije, jak się dowie.", "Umieram z ciekawości.", "Zabijam czas w internecie.", "Chcę z tym skończyć.", "Umrzeć ze śmiechu można.", "Moja praca jest w niebezpieczeństwie.", "Nie chcę skrzywdzić dziecka.",
  "Nigdy nie skrzywdziłem dziecka.", "Telefon mi padł.", "Serce mi bije.", "Mam córkę i syna.", "Chcę przestać.", "Chcę żyć normalnie.", "Nie mam wyjścia, muszę iść do pracy.", "To mnie zabija",
  "Lladdais y golau.", "Mae’r batri wedi marw.", "Roeddwn i’n lladd amser.", "Dw i bron â marw eisiau bwyd.", "Mae fy swydd mewn perygl.", "Dw i eisiau stopio.", "Dw i eisiau byw bywyd gwell.", "Wnes i erioed frifo plentyn.",
  "Dw i’n byw gyda fy mhlant.", "Bu farw fy mam ym mis Mai.",
  "", "   ", "مرحبا، أنا قلق", "😔😔😔",
];
