/** The words that mean danger, as patterns over plain text: small letters without marks, one space between words (danger.ts makes it so).
 *
 * Made by hand from what people write, in English, Polish and Welsh, with common slips of the fingers. Each is read from the beginning of a word.
 * What stands after `(?!` are the phrases that only sound like it. None looks back (browsers of before 2023 cannot). */

const THEM = "(?:my|the|a|an|his|her|their|our|this|that|another|some|little|young|small|own|step ?)";
const CHILD = String.raw`(?:child|children|kid|kids|kiddies?|girls?|boys?|bab(?:y|ies)|toddlers?|infants?|teenagers?|minors?|daughters?|sons?|nieces?|nephews?|grand(?:child|children|kids?|sons?|daughters?)|step ?(?:child|children|kids?|sons?|daughters?)|(?:step ?|half ?)?(?:sisters?|brothers?)|pupils?|\d{1,2} ?(?:years?|yrs?|yo)\b ?(?:olds?)?)`;
const SOMEBODY = String.raw`(?:her|him|them|someone|somebody|(?:${THEM} ){0,3}${CHILD})\b`;
const PERSON =
  "(?:i|he|she|they|someone|somebody|who|dad|daddy|mum|mam|father|mother|step ?dad|step ?father|uncle|aunt|granddad|grandad|grandfather|brother|husband|wife|partner|boyfriend|girlfriend|ex|neighbou?r|man|woman|men|boy|teacher|coach|friend|flatmate|lodger)";
const BE = "(?: is| are| am| was just|'s|'re|'m| keeps| keep)";
const NOW = "(?:now|tonight|today|tomorrow|this (?:morning|afternoon|evening|weekend|minute)|again)";
const SELF = "(?:my|me|him|her|your|them|our) ?sel(?:f|ves)";

/** Someone may think about ending a life: their own, or it is told of someone else. */
export const ENDING: readonly string[] = [
  // English
  String.raw`(?:kill|killing|killed|kil|kiling) ?${SELF}(?! (?:laughing|with laugh|at work|at the gym))`,
  String.raw`(?:hang|hanging|hung|hanged|drown|drowning|shoot|shooting|poison|poisoning|starve|starving) ${SELF}`,
  String.raw`(?:harm|harming|hurting|cutting|burning) ${SELF}|self ?harm\w*|(?:to|might|may|will|could|would|i'll|gonna|should) (?:hurt|cut) ${SELF}`,
  String.raw`(?:end|ending|finish|finishing) (?:my|his|her|their) (?:own )?li(?:fe|ves)(?! (?:of|as an?|in (?:crime|prison))\b)`,
  String.raw`(?:take|takes|taking|took|taken) (?:my|his|her|their) own li(?:fe|ves)(?! stor)|(?:take|taking) my life(?! (?:back|in|into|to|one|day|serious|forward|away from|and turn))`,
  String.raw`(?:end|ending|finish) (?:it all|everything)\b|(?:end|finish) it (?:${NOW}|for good|once and for all)`,
  String.raw`(?:suicid|suisid|suicde|sucid|suacid|siucid)(?!\w* squad)`,
  String.raw`(?:i|i'll|want to|wanna|gonna|will|just|might) kms\b|kms (?:now|tonight|today)`,
  String.raw`(?:want|wants|wanted|wanna|wish|hope|rather|ready|going|gonna|need|deserve|deserves|prefer|like)(?: (?:i|he|she|they|could|would|can|just|to|was|were|all|be))* (?:die|dead)\b(?! (?:to (?:know|see|meet|hear|tell)|on the hill|laughing))`,
  String.raw`better (?:off )?(?:if i (?:was|were) )?(?:dead|without me)|better if i (?:was|were)(?:n't| not) here`,
  String.raw`(?:don't|dont|do not|didn't|doesn't|does not|never) (?:want|wanna|wish) (?:to )?(?:live|be alive|exist|wake up|go on|carry on|be here|be around|be on this earth)(?! with)`,
  String.raw`(?:can't|cant|cannot|can not|couldn't) (?:go on|carry on|keep going|live)(?: (?:any ?more|any longer|living|like this|this way|with (?:this|it|myself|what i)))`,
  String.raw`(?:can't|cant|cannot|can not) (?:see|find) (?:a|any) (?:way (?:out|to go on|forward)|future|reason to (?:live|go on))|(?:see|there's|there is|is) no (?:other )?(?:way out|way to go on|future for me|reason to (?:live|go on))|(?:no|any) (?:point|reason|use) (?:in )?(?:to )?(?:living|live|going on|being alive)|not see a way to go on`,
  String.raw`nothing (?:left )?to live for|(?:life|live) (?:is|isn't|isnt|'s) (?:not |no longer )?worth (?:living|it)|not worth living|tired of (?:living|being alive|life)`,
  String.raw`(?:take|taking|took|taken|swallow\w*|have) (?:an|a lot of|all|too many|loads of|my|the|some)(?: \w+){0,2} (?:overdose|pills|tablets|paracetamol)(?! (?:for|every|each|from|with|that (?:the )?(?:doctor|gp)))|overdos(?:ed|ing) (?:on|again|last|tonight)|(?:an|to) overdose\b`,
  String.raw`(?:jump|jumping|step|stepping|walk|lie) (?:off|from|in front of|under|onto) (?:a|the|some)(?: \w+)? (?:bridge|roof|cliff|building|train|bus|lorry|car|tracks?|rails?|balcony|motorway)`,
  String.raw`slit\w* my|by the time (?:you|any ?one|anybody|some ?one|somebody) reads? this`,
  // Polish, without its marks
  String.raw`(?:pozabija|zabi|zabij)(?:c|e|je|jam|jac)? (?:\w+ ){0,2}?sie(?! (?:ze smiechu|w pracy))|sie (?:\w+ ){0,2}?(?:zabic|zabije|pozabijam)`,
  String.raw`zabi(?:c|je|l|la) (?:sam\w* )?siebie|samoboj\w*|samozaglad\w*`,
  String.raw`(?:odbierze|odbiore|odebrac|odebral|odebrala) (?:sobie|zycie) (?:sobie|zycie)|sobie (?:\w+ )?(?:odbiore|odebrac|odbierze) zycie|targn\w* sie na (?:\w+ )?zycie`,
  String.raw`(?:skonczy|skoncze|skonczyc|konczy|koncze) (?:\w+ )?ze soba|ze soba (?:\w+ )?(?:skonczy|skoncze|skonczyc)|(?:zakonczyc|zakoncze|skonczyc|skoncze) (?:to |swoje |moje |swoj )?zycie`,
  String.raw`nie (?:chce|chcialbym|chcialabym|chce mi|mam (?:juz )?sily|ma (?:po co|sensu|dla kogo)|warto|umiem|dam rady|potrafie)(?: (?:mi|sie|juz|dalej|dluzej|wiecej|tak))* (?:zyc|istniec|byc na (?:tym )?swiecie)|odechcialo mi sie (?:juz )?zyc`,
  String.raw`(?:chce|chcialbym|chcialabym|wole|wolalbym|wolalabym|zeby|musze|pragne)(?: (?:juz|po prostu|tylko|sie|mi))* (?:umrzec|nie zyc|umrzec|zdechnac|zniknac na zawsze)(?! ze (?:smiechu|wstydu))`,
  String.raw`powies(?:ic|ze|i|il|ila) (?:\w+ )?sie|powiesz[ea] (?:\w+ )?sie|sie (?:\w+ )?powies(?:ic|ze|z[ea])|utop(?:ic|ie) sie|sie utop(?:ic|ie)`,
  String.raw`(?:potne|pociac|ciac|tne|okalecz\w*) (?:\w+ )?sie|sie (?:\w+ )?(?:potne|pociac|tne|okaleczam)|samookalecz\w*|zrobi(?:c|e) sobie (?:cos zlego|krzywde)|zrobi(?:c|e) (?:cos|krzywde) sobie`,
  String.raw`przedawkow\w*|(?:polkn|lykn|nalyka)\w* (?:\w+ ){0,3}(?:tablet|proszk|pigul|lek)\w*|(?:skocz\w*|rzuc\w*)(?: sie)? (?:z (?:mostu|dachu|okna|balkonu)|pod (?:pociag|samochod|tramwaj))`,
  String.raw`nie widze (?:juz )?(?:\w+ )?(?:wyjscia|sensu|przyszlosci)|lepiej (?:by|bedzie|byloby)? ?(?:\w+ )?beze mnie|(?:zycie|zyc) nie ma (?:juz )?sensu|nie ma (?:juz )?(?:sensu|po co) zyc`,
  // Welsh, without its marks
  String.raw`(?:lladd|ladd|crogi|grogi|boddi|niweidio|brifo|frifo|torri|dorri|anafu) (?:fi )?(?:fy|ei|dy|eu)n? (?:hun|hunan|hunain)\b|hunan ?(?:laddi?|niw)\w*`,
  String.raw`(?:rhoi|roi) (?:diwedd|terfyn|ddiwedd|derfyn) (?:ar|i) (?:fy|ei|eu|m|'m|'i) ?(?:mywyd|fywyd|bywyd)|(?:rhoi|roi) (?:diwedd|terfyn|ddiwedd|derfyn) i'[mi] (?:mywyd|fywyd|bywyd)|(?:dod|ddod) (?:a'm|a fy|a'i) (?:mywyd|bywyd|fywyd) i ben|cymryd fy mywyd|gorffen fy mywyd`,
  String.raw`(?:eisiau|isio|isie|ishe|moyn|moin|am|gwell gen i|dymuno)(?: (?:i|fi|dim ond|jyst))* (?:marw|farw|diflannu am byth)\b(?! (?:o (?:chwerthin|gywilydd)|i (?:wybod|weld)))`,
  String.raw`(?:ddim|sim|dim|byth) (?:yn )?(?:eisiau|isio|isie|ishe|moyn)(?: (?:i|fi))? (?:byw|bod yma|bod yn fyw|deffro|mynd ymlaen|cario ymlaen)|(?:methu|ffaelu|ddim yn gallu|alla i ddim) (?:byw|mynd ymlaen|cario ymlaen)(?: (?:fel hyn|rhagor|mwyach|dim mwy|gyda hyn))?`,
  String.raw`well (?:i|i bawb|eu byd|byd)(?: \w+)? (?:hebof|hebdd|heb) ?\w* ?i?\b|dim (?:rheswm|pwrpas|diben|pwynt) (?:i |mewn )?(?:byw|fyw|mynd ymlaen)|dim ffordd allan|gweld (?:dim )?ffordd (?:allan|ymlaen)`,
  String.raw`gor ?ddos\w*|cymryd gormod o (?:dabledi|dabledau|bils)|neidio (?:o|oddi ar|o flaen) (?:\w+ )?(?:bont|pont|to|tren|dren|clogwyn)`,
];

/** Someone, a child above all, is being hurt or may be soon: what is told of long ago is not among it. */
export const HURT: readonly string[] = [
  // English
  String.raw`${PERSON}${BE}(?: (?:just|still|also|always|really|now|probably|sexually|physically|badly|there|downstairs|upstairs|next door|actually))* (?:hurting|harming|abusing|touching|molesting|raping|beating|hitting|grooming|assaulting|strangling|choking|filming|trafficking|interfering with|messing with|fiddling with|doing things to|doing something to|doing it to)(?: up)? (?:me\b|us\b|${SOMEBODY})(?! (?:feelings|back|pride|knee))`,
  String.raw`(?:is|are|'s|am|'m|be) being (?:\w+ )?(?:abused|hurt|harmed|raped|beaten|hit|touched|molested|assaulted|groomed|trafficked|filmed)\b`,
  String.raw`(?:${CHILD}|\b(?:he|she|they|i|we|him|her|them)\b|somebody|someone)(?: is| are| am|'s|'re|'m|s| be)?(?: (?:in|now|really|still|probably|both|all))* (?:in (?:\w+ )?danger|not safe|unsafe|at risk of (?:harm|abuse|being))\b`,
  String.raw`(?:going to|gonna|about to|might|will|'ll|i could|may|want to|wants to|wanna|urge to|afraid to|scared to|plan to|plans to|tempted to|threatens? to|threatened to|says he'll|trying to|tries to|tried to|so i don't|not to)(?: (?:really|actually|just|do it and|go and|sexually))* (?:hurt|harm|rape|touch|abuse|molest|kill|strangle|stab|assault|groom|attack) ${SOMEBODY}(?! (?:feelings|back|pride|chances|career))`,
  String.raw`(?:afraid|scared|frightened|terrified|worried)(?: that)? (?:i|he|she|they)(?:'ll| will| might| could| may| am going to| is going to)(?: \w+){0,2} (?:(?:hurt|harm|touch|abuse|rape|kill) (?:me\b|${SOMEBODY}|again)|do it\b|do something (?:to|bad|terrible)|lose control)`,
  String.raw`(?:threat\w*|tried|trying|tries|wants|says he(?:'ll| will)|going to try) to (?:kill|hurt|stab|strangle) me\b`,
  String.raw`(?:hurt|hurts|hurting|touch|touches|touching|abuse|abuses|abusing|rape|rapes|beat|beats|hit|hits|molest|molests) ${SOMEBODY}(?: \w+){0,4} (?:right now|now|tonight|every (?:night|day|week|weekend)|again and again)`,
  String.raw`alone with (?:(?:him|her|them)\b|(?:${THEM} ){0,2}${CHILD})(?: \w+){0,5} (?:right now|${NOW})|(?:${CHILD}|\bshe|\bhe)(?: is|'s) (?:here )?with (?:him|her|me|them)(?: \w+){0,2} (?:right now|now|tonight)`,
  String.raw`(?:meet|meeting) (?:up )?(?:with )?(?:an?|the|this|that) (?:\w+ ){0,2}?${CHILD}(?: \w+){0,6} (?:right now|${NOW}|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|at the weekend|soon)`,
  String.raw`(?:hear|heard|hearing) (?:${THEM} ){0,2}${CHILD}(?: (?:next door|upstairs|downstairs|being))* (?:scream|screaming|crying out|cry out|begging|shouting for help)`,
  String.raw`(?:he|she|they|man|dad|partner|ex|husband|i)(?:'s| has|'ve| have)(?: got)? an? (?:knife|gun|weapon|machete)\b`,
  // Polish
  String.raw`(?:krzywdzi|krzywdza|gwalci|gwalca|molestuje|molestuja|bije|bija|wykorzystuje|dotyka|maltretuje|dusi|obmacuje)(?: (?:teraz|seksualnie|wlasnie|tam|ciagle|znowu|moj\w*|swoj\w*|mal\w*|jak\w*|nasz\w*|t[aeo]\w*))* (?:mnie|nas|ja|go|je|ich|dzieck\w*|dzieci|dziewczyn\w*|chlop\w*|cor\w*|syn\w*|siostr\w*|brat\w*|wnu\w*|niemowl\w*|nastolat\w*)\b`,
  String.raw`(?:mnie|ja|go|je|ich|dziecko|dzieci) (?:\w+ )?(?:krzywdzi|krzywdza|gwalci|molestuje|bije|maltretuje|dusi|obmacuje)\b`,
  String.raw`(?:dziec\w*|\bona\b|\bon\b|\boni\b|corka|syn\b|siostra|\bjestem|\bjestesmy|dziewczynk\w*|chlopiec|ktos)(?: \w+){0,2} w (?:\w+ )?niebezpieczenstwie`,
  String.raw`(?:skrzywdz[ei]|skrzywdzic|zgwalc[ei]|zgwalcic|zabij[ea]|zabic|dotkne|dotknac|wykorzystam|wykorzystac|pobij[ea]|udusi[ec]?|molestowac|krzywdzic) (?:\w+ ){0,2}?(?:ja|go|je|ich|kogos|dzieck\w*|dzieci|dziewczynk\w*|chlopc\w*|corke|synka|syna|siostr\w*|brata)\b`,
  String.raw`sam(?:a)? na sam z (?:\w+ ){0,2}(?:dziec\w*|dziewczyn\w*|chlop\w*|corka|synem|nim|nia)|(?:jestem|bede) (?:\w+ )?sam(?:a)? z (?:\w+ ){0,2}(?:dziec\w*|dziewczyn\w*|chlop\w*|siostrzen\w*|bratan\w*|pasierb\w*)(?: \w+){0,3} (?:teraz|dzis|dzisiaj|jutro|wieczorem|w nocy)`,
  String.raw`(?:spotkam|spotkac|spotykam) sie (?:\w+ ){0,2}z (?:\w+ ){0,3}?(?:dziec\w*|dziewczyn\w*|chlop\w*|nastolat\w*|\d{1,2} ?lat\w*)|sie (?:\w+ )?spotkac z (?:\w+ ){0,3}?(?:dziec\w*|dziewczynk\w*|chlopcem|nastolat\w*|\d{1,2} ?lat\w*)`,
  String.raw`(?:ma|mam|mial) (?:noz|bron|pistolet)\b|slysze(?:,)? (?:jak )?(?:\w+ ){0,2}(?:dziec\w*|dziewczynk\w*|chlopiec) (?:krzycz|placz)\w*`,
  // Welsh
  String.raw`(?:yn|'n) (?:brifo|frifo|niweidio|cam ?drin|treisio|curo|bwrw|taro|cyffwrdd(?: a| yn)?|anafu|tagu)(?: (?:fy|ei|eu|ein|y|yr|un|rhyw))* (?:mh|ph|b|p|m|f|)?(?:lentyn|lant|plentyn|blentyn|phlentyn|plant|blant|phlant|merch|ferch|bachgen|fachgen|mab|fab|babi|fabi|wyres?|nith|nai|hi|ef|fe|fo|fi|nhw)\b`,
  String.raw`(?:yn|'n) ei (?:brifo|frifo|niweidio|cham ?drin|gam ?drin|threisio|dreisio|churo|guro|tharo|daro|fwrw|bwrw|cyffwrdd|gyffwrdd|anafu|hanafu|dagu|thagu)|(?:yn|'n) cael (?:ei|eu|fy) (?:\w*gam ?drin|\w*cham ?drin|brifo|frifo|mrifo|niweidio|threisio|dreisio|curo|churo|guro)`,
  String.raw`(?:plentyn|blentyn|phlentyn|plant|blant|phlant|merch|ferch|bachgen|fachgen|mab|fab|\bhi|\bef|\bfe|\bfo|\bnhw|rhywun|\bdw i|\brwy|\brydw i|\bdwi)(?: \w+){0,2} mewn (?:\w+ )?perygl`,
  String.raw`(?:mynd i|am|ofn(?:i|us)?|eisiau|isio|efallai)(?: (?:i|y|bydda|byddaf|bod|mi|fi|wneud|rhag))* (?:frifo|brifo|niweidio|dreisio|treisio|ladd|lladd|gam ?drin|cam ?drin|gyffwrdd(?: a)?|cyffwrdd(?: a)?)(?: (?:a|y|yr|fy|ei|un|rhyw))* (?:plentyn|blentyn|phlentyn|plant|blant|phlant|rhywun|merch|ferch|bachgen|fachgen|hi|ef|fo|nhw)\b`,
  String.raw`(?:cwrdd|gwrdd|cyfarfod|gyfarfod) (?:a|gyda) (?:\w+ ){0,2}(?:phlentyn|plentyn|merch|bachgen|phlant)(?: \w+){0,5} (?:heno|heddiw|yfory|nawr|rwan)|(?:gan|gyda) (?:fe|fo|hi|o|e|ef|gyllell)? ?(?:gyllell|cyllell|dryll|wn\b)`,
];
