"""Names for invented children and staff, gathered by the families they are common in. Put together by chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Community:
    """Forenames and surnames that go together; weight of 100; ethnicity codes; home languages by weight."""

    weight: int
    girls: Sequence[str]
    boys: Sequence[str]
    surnames: Sequence[str]
    ethnicities: Sequence[str]
    languages: Sequence[str]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


COMMUNITIES = (
    Community(
        46,
        _words(
            "Olivia Amelia Isla Ava Ivy Freya Lily Florence Mia Willow Rosie Sophia Isabella Grace Daisy Sienna Poppy "
            "Elsie Emily Ella Evelyn Phoebe Evie Charlotte Harper Millie Matilda Maisie Emma Erin Zoë Chloé Eliza "
            "Georgia Niamh Siân Seren Bronwen Darcie Lottie Hallie Ada Edith Orla"
        ),
        _words(
            "Noah Oliver George Arthur Muhammad Leo Harry Oscar Archie Henry Theodore Freddie Jack Charlie Theo Alfie "
            "Jacob Thomas Finley Arlo William Lucas Roman Tommy Isaac Teddy Alexander Luca Edward James Joshua Albie "
            "Elijah Max Mason Callum Rory Rhys Owen Dylan Toby Reuben Jude Kieran Seán"
        ),
        (
            *_words(
                "Ashworth Barlow Bennett Birchall Booth Bramley Brearley Brook Carter Clegg Cooper Crabtree Dawson "
                "Dean Doyle Ellis Fairhurst Fletcher Foster Gibson Greenwood Hall Harding Hargreaves Hartley Holt "
                "Hopkins Hughes Ingham Jackson Jenkins Kershaw Lawson Lister Marsh Mellor Moss Naylor Newton Ogden "
                "Parr Pickering Platt Price Ramsden Rhodes Robson Rowley Schofield Sharp Shaw Stott Sutcliffe "
                "Turner Unsworth Walsh Watts Whittaker Wilde Woodhead Yates"
            ),
            "O’Brien",
            "O’Connor",
            "O’Neill",
            "D’Arcy",
            "St John",
            "Byrne",
            "Kavanagh",
            "McAllister",
            "McGrath",
            "MacLeod",
            "Smith-Jones",
            "Taylor-Reid",
        ),
        ("WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WIRI", "WIRT"),
        ("ENG",),
    ),
    Community(
        14,
        _words(
            "Aisha Fatima Zainab Maryam Hafsa Amina Khadija Sumayya Iqra Noor Hiba Alina Anaya Zara Inaya Safa Mahnoor "
            "Eshal Rabia Nadia Sana Laiba"
        ),
        _words(
            "Yusuf Ibrahim Ayaan Musa Zayn Hamza Bilal Adam Rayyan Haris Umar Ali Hassan Ismail Eesa Zakariya Faizan "
            "Sulaiman Daud Imran Kamran Saad"
        ),
        _words(
            "Ahmed Akhtar Ali Anwar Aslam Begum Bibi Chaudhry Farooq Hussain Iqbal Javed Khan Mahmood Malik Miah Mirza "
            "Rahman Rashid Saleem Shah Siddiqui Uddin Yousaf Zaman"
        ),
        ("APKN", "APKN", "APKN", "ABAN", "AOTH"),
        ("URD", "PNJ", "BNG", "ENG", "OTH"),
    ),
    Community(
        6,
        _words("Anaya Diya Priya Saanvi Aarohi Jasleen Simran Harleen Meera Kavya Isha Nandini Riya Tanvi"),
        _words("Arjun Vihaan Aarav Kiran Rohan Dev Ishaan Harjit Gurpreet Jasdeep Nikhil Kabir Ravi Veer"),
        _words(
            "Bains Chauhan Desai Dhillon Gill Grewal Iyer Joshi Kaur Mehta Nair Patel Rao Sandhu Sharma Sidhu Singh"
        ),
        ("AIND",),
        ("PNJ", "GUJ", "ENG", "HIN"),
    ),
    Community(
        11,
        _words(
            "Temi Adaeze Chiamaka Ngozi Folake Ayomide Blessing Esther Grace Precious Abena Akosua Efua Zanele "
            "Ifeoma Simisola Hodan Ayaan Sagal Fadumo Makeda"
        ),
        _words(
            "Tobi Chidi Emeka Kwame Kofi Kwabena Daniel Emmanuel Samuel Tunde Femi Ikenna Oluwaseun Ayo Abdi Mohamed "
            "Yonis Liban Themba Sipho Yaw Joel"
        ),
        (
            *_words(
                "Abara Adebayo Adeyemi Agyeman Akande Amoah Asante Ayodele Balogun Boateng Chukwu Dlamini Eze Farah "
                "Hassan Ibekwe Kamara Mensah Mohamud Ndlovu Nwosu Obi Ogunleye Okafor Okonkwo Osei Owusu Sesay Tekle"
            ),
            "Okoro-Bell",
        ),
        ("BAFR", "BAFR", "BAFR", "BAFR", "BOTH"),
        ("ENG", "YOR", "SOM", "IGB", "AKA", "OTH"),
    ),
    Community(
        5,
        _words("Shanice Aaliyah Keziah Naomi Tiana Jada Imani Nevaeh Renée Amoya Kiara Zuri"),
        _words("Jayden Malachi Tyrese Jerome Marlon Kymani André Nathaniel Elijah Zion Andre Rashaan"),
        _words("Bailey Blake Brown Campbell Clarke Daley Francis Gordon Grant Lewis Morgan Palmer Powell Reid Samuels"),
        ("BCRB", "BCRB", "MWBC"),
        ("ENG",),
    ),
    Community(
        8,
        _words("Zuzanna Maja Aleksandra Oliwia Milena Ioana Elena Daria Andreea Viktória Nela Karolína Ana Ilinca"),
        _words("Jakub Filip Antoni Szymon Oskar Kacper Matei Ștefan Radu Dávid Martin Tomáš Nikola Łukasz"),
        _words(
            "Kowalski Nowak Wiśniewska Zieliński Lewandowski Wójcik Popescu Ionescu Dumitru Stan Horváth Nagy Dvořák "
            "Kováč Petrov Dimitrova Jankauskas Müller Jørgensen"
        ),
        ("WOTH", "WOTH", "WOTH", "WROM"),
        ("POL", "RMN", "SLO", "HUN", "OTH"),
    ),
    Community(
        4,
        _words("Layla Yasmin Lina Salma Rania Dalia Shirin Parisa Rojin Helin Haya Jana"),
        _words("Omar Karim Tariq Samir Rami Amir Reza Navid Baran Zana Yasin Anas"),
        _words("Abdullah Al-Rashid Haddad Hosseini Karimi Mansour Nasser Rezaei Saleh Aziz Darwish El-Amin"),
        ("OOTH",),
        ("ARA", "KUR", "PRS", "OTH"),
    ),
    Community(
        3,
        _words("Mei Xinyi Jia Lin Yue Hana Linh Mai Anh Chun"),
        _words("Wei Jun Hao Ming Kai Minh Duc Hoang Ren Lok"),
        _words("Chan Chen Cheung Huang Lam Li Liu Ng Nguyễn Tran Wang Wong Zhang"),
        ("CHNE", "CHNE", "AOTH"),
        ("CHI", "VIE", "ENG"),
    ),
    Community(
        3,
        _words("Inês Beatriz Luana Camila Lucía Sofía Amélie Chloé Éloïse Bianca"),
        _words("João Tiago Rafael Mateus Diego Álvaro Étienne Léo Zé Thiago"),
        (
            "Silva",
            "Santos",
            "Pereira",
            "Gonçalves",
            "García",
            "Núñez",
            "da Costa",
            "dos Santos",
            "de la Cruz",
            "Lefèvre",
        ),
        ("WOTH", "MOTH"),
        ("POR", "SPA", "FRN"),
    ),
)
# one name is all the name there is
ONE_NAME = Community(
    0,
    _words("Nandhini Suryani Thiri Ketut Zarmina"),
    _words("Aravind Wayan Kyaw Arivazhagan Sukarno"),
    ("",),
    ("AOTH",),
    ("OTH",),
)

KNOWN_AS = {
    "Isabella": "Bella",
    "Matilda": "Tilly",
    "Charlotte": "Lottie",
    "Thomas": "Tom",
    "Samuel": "Sam",
    "Daniel": "Danny",
    "Alexander": "Alex",
    "Theodore": "Teddy",
    "Emmanuel": "Manny",
    "Ibrahim": "Ibi",
    "Aleksandra": "Ola",
    "Oluwaseun": "Seun",
    "Zuzanna": "Zuzia",
    "Nathaniel": "Nate",
    "William": "Billy",
    "Elijah": "Eli",
}

STAFF = (
    "Maya Henderson",
    "Tom Whitfield",
    "Adaora Nwachukwu",
    "Callum Fairley",
    "Rebecca Lindqvist",
    "Imran Qureshi",
    "Hannah Oakes",
    "Joanna Prys",
    "Desmond Clarke",
    "Lucy Tan",
    "Gareth Powys",
    "Sofia Marchetti",
    "Ben Arkwright",
    "Nadia Rahmani",
    "Ciarán Devlin",
    "Ellen Thorburn",
    "Kwesi Appiah",
    "Ruth Silverdale",
    "Petra Novotná",
    "Marcus Bell",
)


def community(random: Random) -> Community:
    """Returns a community by its weight."""
    return random.choices(COMMUNITIES, [one.weight for one in COMMUNITIES])[0]


def staff_name(number: int) -> str:
    """Returns the number-th name of staff, below 400; from the twenty-first on, forenames and surnames meet anew."""
    turn, place = divmod(number, len(STAFF))
    forename, surname = STAFF[place].split()[0], STAFF[(place + 7 * turn) % len(STAFF)].split()[1]
    return f"{forename} {surname}"
