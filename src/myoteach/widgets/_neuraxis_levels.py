"""The levels at which a jerk can start, from the top down, and how each is shown.

What is known about them stands in the tables; here are names, the simulation that shows a level, and ids of rows.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Level:
    """One level.

    Parameters
    ----------
    id, name
        Its name in calls, and in plain words on screen.
    kind
        The kind of jerk or look-alike that is simulated to show it.
    about
        The row that describes it: a class of the generator axis, or a look-alike.
    muscles
        The muscles whose traces are shown, from the face down.
    seed
        The virtual patient. Chosen for teaching: a jerk in which as many muscles as possible take part, in the order of
        conduction, with a burst length in the middle of what the kind is drawn from.
    rules, measured
        Rows of ``ep_rules`` that help to recognise it, and rows of the measurement tables that belong to it.
    also
        Other kinds that start here.
    movers
        Muscles recorded without a trace, that the figure may move as a body does: on both sides.
    """

    id: str
    name: str
    kind: str
    about: str
    muscles: tuple[str, ...]
    seed: int
    rules: tuple[str, ...]
    measured: tuple[str, ...]
    also: tuple[str, ...] = ()
    movers: tuple[str, ...] = ()

    @property
    def recorded(self) -> tuple[str, ...]:
        """Every muscle that is simulated."""
        return (*self.muscles, *self.movers)


_BOTH_SIDES = ("OO_L", "DEL_R", "DEL_L", "BIC_L", "RA_R", "QUA_L", "TA_L")
_ALL = (
    Level(
        "cortex",
        "Brain surface",
        "cortical_action",
        "CAT20",
        ("OOR_R", "SCM_R", "ECR_R", "FCR_R", "APB_R", "QUA_R", "TA_R", "EDB_R"),
        22,
        ("R2", "R3", "R4", "R5", "R1"),
        ("EPP001", "EPP002", "EPP003", "EPP004", "EPP005", "EPP006", "EPP008", "EPP010", "EPP011", "EPP012", "EPP014"),
        ("cortical_reflex", "cortical_tremor", "cortical_negative", "epilepsia_partialis_continua"),
    ),
    Level(
        "loop",
        "Brain surface and deep brain",
        "cortical_subcortical",
        "CAT21",
        ("OOR_R", "DEL_R", "DEL_L", "ECR_R", "ECR_L", "APB_R", "QUA_R", "TA_R"),
        32,
        ("R13",),
        ("EPP036", "EPP037", "EPP038", "EPP039", "EPD002"),
        movers=("BIC_R", "BIC_L", "APB_L", "QUA_L", "TA_L"),
    ),
    Level(
        "deep",
        "Deep brain",
        "myoclonus_dystonia",
        "CAT22",
        ("SCM_R", "TRA_R", "DEL_R", "ECR_R", "FCR_R", "APB_R", "TA_R"),
        72,
        ("R1", "R13"),
        ("EPP052", "EPP053", "EPP114", "EPD007"),
    ),
    Level(
        "startle",
        "Brainstem, startle",
        "startle",
        "CAT22",
        ("OO_R", "MAS_R", "SCM_R", "BIC_R", "APB_R", "QUA_R", "TA_R"),
        14,
        ("R6",),
        ("EPP044", "EPP045", "EPP046", "EPP047", "EPP048", "EPP049", "EPD005"),
        movers=_BOTH_SIDES,
    ),
    Level(
        "brainstem",
        "Brainstem, fast jerk",
        "reticular",
        "CAT22",
        ("OO_R", "MAS_R", "SCM_R", "BIC_R", "APB_R", "QUA_R", "TA_R"),
        13,
        ("R6",),
        ("EPP040", "EPP041", "EPP042", "EPP043", "EPD003", "EPD004"),
        movers=_BOTH_SIDES,
    ),
    Level(
        "segment",
        "Spinal cord, one piece",
        "spinal_segmental",
        "CAT23",
        ("SCM_R", "BIC_R", "ECR_R", "FCR_R", "TRI_R", "APB_R", "TA_R"),
        3,
        ("R13",),
        ("EPP065", "EPD010"),
        ("palatal",),
    ),
    Level(
        "cord",
        "Spinal cord, slow spread",
        "propriospinal",
        "CAT31",
        ("MAS_R", "SCM_R", "BIC_R", "RA_R", "PSP_R", "QUA_R", "TA_R"),
        20,
        ("R7", "R8"),
        ("EPP057", "EPP058", "EPP059", "EPP060", "EPP061", "EPP062", "EPP064", "EPP088"),
        movers=("BIC_L", "HAM_R", "HAM_L", "QUA_L", "TA_L"),
    ),
    Level(
        "nerve",
        "Nerve",
        "hemifacial_spasm",
        "CAT24",
        ("OO_R", "OOR_R", "OO_L", "OOR_L", "MAS_R"),
        10,
        ("R18",),
        ("EPP066", "EPP067", "EPP068", "EPP134", "EPD011"),
        ("myokymia",),
    ),
    Level(
        "unit",
        "One nerve cell",
        "fasciculation",
        "MIM01",
        ("OOR_R", "FDI_R", "QUA_R", "TA_R", "SOL_R"),
        11,
        (),
        ("EPP092", "EPD015"),
    ),
)
#: Every level by id, from the top down.
LEVELS: dict[str, Level] = {level.id: level for level in _ALL}
