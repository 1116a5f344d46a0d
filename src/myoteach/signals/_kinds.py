"""Every kind of jerk and every look-alike that can be simulated, as data.

Each number carries its unit and the id of its row in ``data/ep_parameters.csv`` (EPP...) or ``data/ep_defaults.csv``
(EPD...); a test holds every one against its row. What has no id is a default that nobody has sourced. A number that a
kind does not state comes from `COMMON`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ._numbers import Number, mean, point, span

ARM = ("ECR_R", "FCR_R", "APB_R", "BIC_R")
LIMBS = ("arm", "hand", "trunk", "leg", "foot")
EVERYWHERE = ("face", "neck", *LIMBS)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind.

    Parameters
    ----------
    name, role, label, generator
        Its name in calls; ``myoclonus`` or ``mimic``; its name in print; where the jerk is made.
    muscles
        The sites recorded when none are asked for.
    core, beyond
        Regions or muscles that take part, and those it may spread to (with the number ``reach``).
    route
        How the discharge reaches muscles: ``corticospinal``, ``locked`` (to a cortical discharge with its own latency),
        ``neuraxis`` (up and down from an origin), ``startle``, ``respiratory``, ``nerve`` or ``sequence``.
    timing
        ``irregular``, ``rhythmic`` or ``stimulus``; events may come in clusters (``repeats`` at ``repeat_rate``).
    sides
        ``one`` at a time, the ``same`` always, ``both`` together, ``each`` on its own clock, or every ``muscle`` on
        its own.
    antagonists
        ``together``, ``alternate``, ``asynchronous`` or ``triphasic``.
    firing
        ``pool``, or ``single`` for one motor unit.
    sign
        1 for bursts, -1 for lapses in steady activity.
    reference
        The muscle for which a latency is stated (``reflex_latency``, ``lead``).
    stimulus
        ``nerve`` (electrical, at the wrist), ``sound``, ``tap`` or nothing.
    numbers
        Its numbers by name.

    Examples
    --------
    >>> KINDS["cortical_action"].generator
    'sensorimotor cortex'
    """

    name: str
    role: str
    label: str
    generator: str
    muscles: tuple[str, ...]
    numbers: Mapping[str, Number]
    core: tuple[str, ...] = LIMBS
    beyond: tuple[str, ...] = ()
    route: str = "corticospinal"
    timing: str = "irregular"
    sides: str = "one"
    antagonists: str = "together"
    firing: str = "pool"
    sign: int = 1
    reference: str = "APB"
    stimulus: str = ""
    all_numbers: Mapping[str, Number] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "all_numbers", {**COMMON, **self.numbers})


#: Numbers that every kind has; a kind states its own where it differs. None of them is sourced, unless it says so.
COMMON: dict[str, Number] = {
    # When: events a second, how irregular the clock is, the shortest rest between them, how many in a cluster.
    "rate": point(0.5, "Hz"),
    "interval_cv": point(0.05, ""),
    "dead_time": point(0.3, "s"),
    "repeats": point(1, ""),
    "repeat_rate": point(4, "Hz"),
    # Where: how likely a muscle of the core takes part, how likely the jerk spreads beyond it.
    "take_part": point(1.0, ""),
    "reach": point(0.0, ""),
    # How it arrives: time from generator to motor neurones, and its scatter for all muscles and for each.
    "synapse": point(4, "ms"),
    "jitter": point(1.0, "ms"),
    "shared_jitter": point(0.0, "ms"),
    # How the muscle fires.
    "duration_cv": point(0.15, ""),
    "muscle_duration_cv": point(0.05, ""),
    "gain_cv": point(0.25, ""),
    "recruitment": point(0.55, ""),
    "firing_interval": point(12, "ms"),
    "roundness": point(0.0, ""),
    "tonic": point(0.0, ""),
    "tonic_antagonist": point(0.5, ""),
    # What the brain shows: voltage at the scalp, and a normal evoked potential when a nerve is stimulated.
    "spike": point(0.0, "uV"),
    "readiness": point(0.0, "uV"),
    "sep_p25": point(3.0, "uV"),
    "sep_n33": point(2.5, "uV"),
    "background": point(10, "uV"),
    "alpha": point(8, "uV"),
    "beta": point(3, "uV"),
    "beta_loss": point(0.0, ""),
    # Stimuli.
    "stimulus_rate": point(0.0, "Hz"),
    "reflex_probability": point(0.0, ""),
    "reflex_jitter": point(1.0, "ms"),
    # The limb.
    "twitch": span(40, 100, "ms", "EPD021"),
    "limb_resonance": span(6, 12, "Hz", "EPP146"),
    # How much further a joint moves that is held out against gravity, when what holds it lapses.
    "sag": point(1.0, ""),
}

# Movements that the brain makes on purpose, or as if: units fire slower, bursts swell and fade.
_VOLUNTARY_LIKE: dict[str, Number] = {
    "firing_interval": point(25, "ms"),
    "roundness": point(0.7, ""),
    "gain_cv": point(0.35, ""),
}
_CORTICAL: dict[str, Number] = {
    "rate": span(0.2, 3, "Hz", "EPD001"),
    "duration": mean(31.1, 6.7, "ms", "EPP003", low=10),
    "reach": point(0.2, ""),
    "spike": point(12, "uV"),
}
_READINESS: dict[str, Number] = {
    "readiness": point(9, "uV"),
    "readiness_early": point(2.0, "s before", "EPP082"),
    "readiness_late": point(0.4, "s before", "EPP082"),
}

_ALL = (
    Kind(
        "cortical_action",
        "myoclonus",
        "Cortical action myoclonus",
        "sensorimotor cortex",
        (*ARM, "SCM_R", "QUA_R", "TA_R"),
        {**_CORTICAL, "tonic": point(0.045, "")},
        core=("arm", "hand"),
        beyond=EVERYWHERE,
    ),
    Kind(
        "cortical_reflex",
        "myoclonus",
        "Cortical reflex myoclonus",
        "sensorimotor cortex",
        (*ARM, "FDI_R", "TA_R"),
        {
            **_CORTICAL,
            "rate": point(0.2, "Hz", "EPD001"),
            "stimulus_rate": point(1.0, "Hz"),
            "reflex_probability": point(0.85, ""),
            "reflex_latency": point(50, "ms", "EPP018"),
            "sep_p25": point(20, "uV", "EPP015"),
            "sep_n33": point(18, "uV", "EPP016"),
        },
        core=("arm", "hand"),
        beyond=LIMBS,
        stimulus="nerve",
    ),
    Kind(
        "cortical_tremor",
        "myoclonus",
        "Cortical tremor (FCMTE)",
        "sensorimotor cortex",
        ("ECR_R", "FCR_R", "APB_R", "FDI_R", "BIC_R"),
        {
            "rate": span(7, 15, "Hz", "EPP032"),
            "interval_cv": point(0.18, ""),
            "duration": span(15, 60, "ms", "EPP132"),
            "gain_cv": point(0.4, ""),
            "recruitment": point(0.15, ""),
            "spike": point(6, "uV"),
        },
        core=("arm", "hand"),
        timing="rhythmic",
        sides="each",
    ),
    Kind(
        "cortical_subcortical",
        "myoclonus",
        "Cortical-subcortical myoclonus (juvenile myoclonic epilepsy)",
        "cortex and thalamus together",
        ("DEL_R", "ECR_R", "FCR_R", "APB_R", "DEL_L", "ECR_L", "QUA_R"),
        {
            "rate": point(0.12, "Hz"),
            "dead_time": point(2.5, "s"),
            "duration": span(25, 100, "ms", "EPP036"),
            "lead": span(10, 35, "ms", "EPD002"),
            "repeats": span(1, 4, ""),
            "repeat_rate": span(3.5, 6, "Hz", "EPP037"),
            "take_part": point(0.95, ""),
            "polyspike": point(110, "uV"),
            "polyspike_rate": point(20, "Hz", "EPP038"),
            "recruitment": point(0.7, ""),
        },
        core=EVERYWHERE,
        route="locked",
        sides="both",
    ),
    Kind(
        "reticular",
        "myoclonus",
        "Reticular reflex myoclonus",
        "medullary reticular formation",
        ("SCM_R", "MAS_R", "OO_R", "DEL_R", "BIC_R", "APB_R", "QUA_R", "TA_R"),
        {
            "rate": point(0.3, "Hz"),
            "dead_time": point(1.0, "s"),
            "duration": span(10, 100, "ms", "EPD003"),
            "origin": point(0.03, "m"),
            "velocity_up": point(50, "m/s", "EPD004"),
            "velocity_down": point(60, "m/s", "EPD004"),
            "jitter": point(0.4, "ms"),
            "reflex_latency": point(20, "ms", "EPP042"),
            "reflex_probability": point(0.9, ""),
            "recruitment": point(0.7, ""),
        },
        core=EVERYWHERE,
        route="neuraxis",
        sides="both",
        reference="SCM",
        stimulus="tap",
    ),
    Kind(
        "startle",
        "myoclonus",
        "Exaggerated startle (hyperekplexia)",
        "caudal pontine reticular formation",
        ("OO_R", "SCM_R", "MAS_R", "BIC_R", "APB_R", "RA_R", "QUA_R", "TA_R"),
        {
            "rate": point(0.0, "Hz"),
            "stimulus_rate": point(0.15, "Hz"),
            "reflex_probability": point(1.0, ""),
            "reflex_latency": point(30, "ms", "EPP048"),
            "reflex_jitter": point(3.0, "ms"),
            "startle_neck": point(55, "ms", "EPP049"),
            "masseter_later": point(3, "ms"),
            "velocity_down": span(12, 25, "m/s", "EPD005"),
            "hand_foot_later": point(12, "ms"),
            "jitter": point(1.5, "ms"),
            "duration": mean(150, 20, "ms", "EPP044", low=100),
            "recruitment": point(0.7, ""),
            "roundness": point(0.4, ""),
            "firing_interval": point(18, "ms"),
        },
        core=EVERYWHERE,
        route="startle",
        timing="stimulus",
        sides="both",
        reference="OO",
        stimulus="sound",
    ),
    Kind(
        "myoclonus_dystonia",
        "myoclonus",
        "Subcortical myoclonus (myoclonus-dystonia)",
        "basal ganglia, thalamus and cerebellum",
        ("SCM_R", "TRA_R", "DEL_R", *ARM, "TRI_R"),
        {
            "rate": point(1.0, "Hz"),
            "duration": mean(56.7, 11.5, "ms", "EPP053", low=10),
            "take_part": point(0.75, ""),
            "shared_jitter": point(4, "ms"),
            "jitter": point(3, "ms"),
            "recruitment": point(0.45, ""),
        },
        core=("neck", "arm", "hand"),
    ),
    Kind(
        "palatal",
        "myoclonus",
        "Palatal tremor (palatal myoclonus), symptomatic",
        "dentato-olivary pathway",
        ("LVP_R", "LVP_L", "OOR_R", "MAS_R", "SCM_R"),
        {
            "rate": span(0.5, 3, "Hz", "EPP054"),
            "interval_cv": point(0.04, ""),
            "duration": span(100, 300, "ms", "EPD008"),
            "duration_cv": point(0.08, ""),
            "gain_cv": point(0.12, ""),
            "roundness": point(0.6, ""),
            "firing_interval": point(25, "ms"),
            "origin": point(-0.01, "m"),
            "velocity_up": point(50, "m/s"),
            "velocity_down": point(50, "m/s"),
        },
        core=("palate",),
        route="neuraxis",
        timing="rhythmic",
        sides="both",
    ),
    Kind(
        "propriospinal",
        "myoclonus",
        "Propriospinal myoclonus",
        "thoracic spinal cord",
        ("RA_R", "PSP_R", "QUA_R", "TA_R", "TRI_R", "BIC_R", "SCM_R", "MAS_R"),
        {
            "rate": point(0.2, "Hz"),
            "dead_time": point(2.0, "s"),
            "duration": span(100, 400, "ms", "EPP057"),
            "origin": point(0.28, "m"),
            "velocity_up": Number(5.4, "m/s", "EPP058", 1.4, 3.2, 6.7),
            "repeats": span(1, 3, ""),
            "repeat_rate": span(1, 7, "Hz", "EPP060"),
            "roundness": point(0.4, ""),
            "firing_interval": point(20, "ms"),
        },
        core=("trunk", "neck", "arm", "leg", "foot", "hand"),
        route="neuraxis",
        sides="both",
    ),
    Kind(
        "spinal_segmental",
        "myoclonus",
        "Spinal segmental myoclonus",
        "lower cervical spinal cord",
        ("BIC_R", "ECR_R", "FCR_R", "TRI_R", "APB_R", "SCM_R", "TA_R"),
        {
            "rate": span(0.5, 3.5, "Hz", "EPD010"),
            "interval_cv": point(0.06, ""),
            "duration": span(50, 500, "ms", "EPP065"),
            "duration_cv": point(0.1, ""),
            "origin": point(0.095, "m"),
            "velocity_up": point(50, "m/s"),
            "velocity_down": point(50, "m/s"),
            "roundness": point(0.5, ""),
            "firing_interval": point(20, "ms"),
        },
        core=("BIC", "ECR", "FCR", "TRI"),
        route="neuraxis",
        timing="rhythmic",
        sides="same",
    ),
    Kind(
        "hemifacial_spasm",
        "mimic",
        "Hemifacial spasm",
        "facial nerve",
        ("OO_R", "OOR_R", "OO_L", "OOR_L", "MAS_R"),
        {
            "rate": point(0.35, "Hz"),
            "dead_time": point(1.0, "s"),
            "repeats": span(2, 12, ""),
            "repeat_rate": span(6, 14, "Hz"),
            "duration": mean(30, 5, "ms", low=15),
            "duration_cv": point(0.25, ""),
            "train_rate": span(250, 350, "Hz", "EPP066"),
            "recruitment": point(0.15, ""),
            "jitter": point(0.4, "ms"),
            "reflex_latency": span(7, 11, "ms", "EPD011"),
            "reflex_probability": point(1.0, ""),
        },
        core=("OO", "OOR"),
        route="nerve",
        reference="OOR",
        stimulus="tap",
        sides="same",
    ),
    Kind(
        "cortical_negative",
        "myoclonus",
        "Cortical (epileptic) negative myoclonus",
        "sensorimotor cortex",
        ("ECR_R", "FCR_R", "DEL_R", "BIC_R"),
        {
            "rate": point(0.7, "Hz"),
            "dead_time": point(0.6, "s"),
            "duration": mean(150, 25, "ms", "EPP069", low=60, high=400),
            "duration_cv": point(0.25, ""),
            "lead": span(20, 60, "ms", "EPP070"),
            "tonic": point(0.25, ""),
            "tonic_antagonist": point(0.15, ""),
            "sag": point(7, ""),
            "spike": point(30, "uV"),
        },
        core=("arm", "hand"),
        route="locked",
        sign=-1,
    ),
    Kind(
        "asterixis",
        "myoclonus",
        "Asterixis",
        "many levels; metabolic or focal brain disease",
        ("ECR_R", "FCR_R", "ECR_L", "FCR_L", "DEL_R"),
        {
            "rate": point(0.8, "Hz"),
            "dead_time": point(0.4, "s"),
            "duration": span(35, 200, "ms", "EPP071"),
            "duration_cv": point(0.3, ""),
            "tonic": point(0.25, ""),
            "tonic_antagonist": point(0.15, ""),
            "sag": point(7, ""),
            "shared_jitter": point(4, "ms"),
            "jitter": point(3, "ms"),
        },
        core=("arm", "hand"),
        sides="each",
        sign=-1,
    ),
    Kind(
        "sleep_start",
        "myoclonus",
        "Sleep start (hypnic jerk)",
        "brainstem, while falling asleep",
        ("SCM_R", "DEL_R", "BIC_R", "RA_R", "QUA_R", "QUA_L", "TA_R", "TA_L"),
        {
            "rate": point(0.07, "Hz"),
            "dead_time": point(5.0, "s"),
            "duration": span(75, 250, "ms", "EPP077"),
            "origin": point(0.0, "m"),
            "velocity_up": point(50, "m/s"),
            "velocity_down": point(50, "m/s"),
            "take_part": point(0.85, ""),
            "jitter": point(3, "ms"),
            "roundness": point(0.4, ""),
            "firing_interval": point(18, "ms"),
            "alpha": point(2, "uV"),
        },
        core=("neck", *LIMBS),
        route="neuraxis",
        sides="both",
    ),
    Kind(
        "hiccup",
        "myoclonus",
        "Hiccup",
        "brainstem and phrenic motor neurones",
        ("DIA_R", "LAR_R", "SCM_R", "RA_R"),
        {
            "interval": mean(11.4, 2.9, "s", "EPP080", low=6.3, high=21.4),
            "interval_cv": point(0.15, ""),
            "duration": span(200, 500, "ms", "EPD012"),
            "glottis_later": point(35, "ms", "EPP079"),
            "roundness": point(0.5, ""),
            "firing_interval": point(20, "ms"),
        },
        core=("breathing", "larynx", "SCM"),
        route="respiratory",
        timing="rhythmic",
        sides="both",
    ),
    Kind(
        "functional",
        "myoclonus",
        "Functional jerks",
        "the pathways of voluntary movement",
        ("RA_R", "PSP_R", "SCM_R", "ECR_R", "FCR_R", "BIC_R", "QUA_R"),
        {
            **_VOLUNTARY_LIKE,
            **_READINESS,
            "readiness_early": span(0.7, 2.1, "s before", "EPP081"),
            "rate": point(0.25, "Hz"),
            "dead_time": point(2.6, "s"),
            "duration": span(100, 1000, "ms", "EPD013"),
            "duration_cv": point(0.5, ""),
            "muscle_duration_cv": point(0.3, ""),
            "take_part": point(0.8, ""),
            "jitter": point(45, "ms"),
            "beta_loss": point(0.6, ""),
            "reflex_latency": span(100, 400, "ms", "EPD014"),
            "reflex_jitter": point(60, "ms"),
            "reflex_probability": point(0.8, ""),
        },
        core=EVERYWHERE,
        sides="both",
        reference="SCM",
        stimulus="tap",
    ),
    Kind(
        "epilepsia_partialis_continua",
        "myoclonus",
        "Epilepsia partialis continua",
        "sensorimotor cortex, one small place",
        ("APB_R", "FDI_R", "FCR_R", "ECR_R", "BIC_R", "OOR_R"),
        {
            "rate": mean(1.0, 0.25, "Hz", "EPP089", low=0.1),
            "interval_cv": point(0.3, ""),
            "duration": span(10, 50, "ms", "EPP113"),
            "reach": point(0.1, ""),
            "spike": point(7, "uV"),
        },
        core=("hand", "FCR", "ECR"),
        beyond=("arm",),
        timing="rhythmic",
        sides="same",
    ),
    Kind(
        "fasciculation",
        "mimic",
        "Fasciculation",
        "one motor unit",
        ("SOL_R", "TA_R", "QUA_R", "FDI_R"),
        {
            "rate": point(0.3, "Hz"),
            "dead_time": point(0.1, "s"),
            "duration": span(5, 15, "ms", "EPD015"),
            "gain_cv": point(0.0, ""),
        },
        core=EVERYWHERE,
        route="nerve",
        firing="single",
        sides="muscle",
    ),
    Kind(
        "tic",
        "mimic",
        "Tic",
        "cortex, basal ganglia and thalamus",
        ("OO_R", "SCM_R", "TRA_R", "DEL_R", "BIC_R", "TRI_R"),
        {
            **_VOLUNTARY_LIKE,
            "rate": point(0.25, "Hz"),
            "dead_time": point(1.2, "s"),
            "duration": span(50, 200, "ms", "EPP095"),
            "duration_cv": point(0.35, ""),
            "sequence_step": point(40, "ms"),
            "jitter": point(10, "ms"),
        },
        core=("face", "neck", "arm"),
        route="sequence",
        antagonists="triphasic",
        sides="same",
    ),
    Kind(
        "parkinsonian_tremor",
        "mimic",
        "Parkinsonian rest tremor",
        "basal ganglia and cerebellar circuits",
        ("ECR_R", "FCR_R", "APB_R", "ECR_L", "FCR_L"),
        {
            "rate": Number(5.0, "Hz", "EPP099", 0.4, 3.0, 8.0),
            "interval_cv": point(0.04, ""),
            "duration": span(50, 120, "ms", "EPD017"),
            "duration_cv": point(0.08, ""),
            "gain_cv": point(0.15, ""),
            "recruitment": point(0.25, ""),
            "roundness": point(0.8, ""),
            "firing_interval": point(20, "ms"),
        },
        core=("arm", "hand"),
        timing="rhythmic",
        antagonists="alternate",
        sides="same",
    ),
    Kind(
        "essential_tremor",
        "mimic",
        "Essential tremor",
        "cerebellar and thalamic circuits",
        ("ECR_R", "FCR_R", "ECR_L", "FCR_L", "BIC_R"),
        {
            "rate": span(4, 12, "Hz", "EPP101"),
            "interval_cv": point(0.05, ""),
            "duration": mean(70, 10, "ms"),
            "duration_cv": point(0.08, ""),
            "gain_cv": point(0.2, ""),
            "recruitment": point(0.2, ""),
            "roundness": point(0.8, ""),
            "firing_interval": point(20, "ms"),
            "tonic": point(0.04, ""),
        },
        core=("arm", "hand"),
        timing="rhythmic",
        sides="both",
    ),
    Kind(
        "chorea",
        "mimic",
        "Chorea",
        "basal ganglia",
        ("SCM_R", "ECR_R", "FCR_R", "BIC_R", "TRI_R", "ECR_L", "FCR_L", "TA_R"),
        {
            **_VOLUNTARY_LIKE,
            "rate": point(1.6, "Hz"),
            "dead_time": point(0.1, "s"),
            "duration": mean(220, 40, "ms", "EPP104", low=100),
            "duration_cv": point(0.5, ""),
            "muscle_duration_cv": point(0.4, ""),
            "take_part": point(0.35, ""),
            "jitter": point(120, "ms"),
        },
        core=EVERYWHERE,
        sides="each",
        antagonists="asynchronous",
    ),
    Kind(
        "clonus",
        "mimic",
        "Ankle clonus",
        "spinal stretch reflex",
        ("SOL_R", "TA_R", "QUA_R", "SOL_L"),
        {
            "rate": point(0.1, "Hz"),
            "dead_time": point(2.0, "s"),
            "interval_cv": point(0.04, ""),
            "half_period": mean(79.3, 12.3, "ms", "EPP105"),
            "repeats": span(15, 35, ""),
            "duration": mean(50, 5, "ms"),
            "duration_cv": point(0.08, ""),
            "gain_cv": point(0.12, ""),
            "origin": point(0.465, "m"),
            "velocity_up": point(50, "m/s"),
            "velocity_down": point(50, "m/s"),
        },
        core=("SOL",),
        route="neuraxis",
        sides="same",
    ),
    Kind(
        "myokymia",
        "mimic",
        "Myokymia",
        "one motor unit, in its nerve",
        ("OO_R", "OOR_R", "APB_R", "FDI_R"),
        {
            "interval": mean(1.4, 0.3, "s"),
            "interval_cv": point(0.08, ""),
            "train_rate": span(5, 60, "Hz", "EPD016"),
            "spikes": span(2, 10, ""),
            "gain_cv": point(0.0, ""),
        },
        core=("OO", "APB"),
        route="nerve",
        timing="rhythmic",
        sides="muscle",
        firing="single",
    ),
    Kind(
        "voluntary",
        "mimic",
        "Voluntary ballistic movement (healthy)",
        "motor cortex, on purpose",
        ("ECR_R", "FCR_R", "BIC_R", "TRI_R", "APB_R"),
        {
            **_VOLUNTARY_LIKE,
            **_READINESS,
            "rate": point(0.22, "Hz"),
            "dead_time": point(2.8, "s"),
            "duration": mean(45, 4, "ms", "EPP106", low=30, high=50),
            "firing_interval": point(15, "ms"),
            "roundness": point(0.3, ""),
            "jitter": point(4, "ms"),
            "beta_loss": point(0.6, ""),
        },
        core=("arm",),
        antagonists="triphasic",
        sides="same",
    ),
)

#: Every kind by name.
KINDS: dict[str, Kind] = {kind.name: kind for kind in _ALL}
