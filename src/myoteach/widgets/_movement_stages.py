"""How each kind of movement is staged for the player: posture, view, what is enlarged, which muscles, and in words.

The numbers of the movement come from `signals` and nowhere else; here is only what a film director would decide. What
stands under `look` is what a viewer sees, without the name; `tell` is what decides between this kind and its
neighbours. Both are the authors' words and no clinician has reviewed them, which the player says.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stage:
    """How one kind is shown.

    Parameters
    ----------
    look, tell
        What is seen, without the name; what decides.
    traces
        Sites whose EMG is drawn, top to bottom.
    pose
        ``arms_out``, ``cocked`` (arms out, hands bent up), ``twisted`` (arms out, head turned), ``lap``, ``foot``
        (one leg held up), or ``lying``.
    view
        ``front``, ``three-quarter`` or ``side``: where the viewer stands at first.
    movers
        Sites that move the figure as well, without a trace.
    eeg
        Electrodes whose EEG is drawn.
    inset
        What is enlarged: ``face``, ``eye``, ``mouth``, ``throat``, ``hand``, ``calf``, ``foot``, or nothing.
    nods
        True when the neck muscles of both sides act together and bend the neck; else one of them turns the head.
    asleep
        True when the eyes are shut at rest.
    seed, start, seconds
        Which virtual patient, and which piece of the recording: one in whom the kind is seen well.
    window
        Seconds of trace in view at a time.
    """

    look: str
    tell: str
    traces: tuple[str, ...]
    pose: str = "lap"
    view: str = "three-quarter"
    movers: tuple[str, ...] = ()
    eeg: tuple[str, ...] = ()
    inset: str = ""
    nods: bool = False
    asleep: bool = False
    seed: int = 1
    start: float = 0.0
    seconds: float = 8.0
    window: float = 2.0

    @property
    def muscles(self) -> tuple[str, ...]:
        """Every site that is simulated."""
        return (*self.traces, *self.movers)


#: Every kind that is offered, in the order of a lesson: myoclonus first, then what looks like it.
STAGES: dict[str, Stage] = {
    "cortical_action": Stage(
        look="The arms are held out. Quick, shock-like jerks of one arm or the other come at irregular times.",
        tell="Muscle bursts under about 50 ms, bender and straightener together, at irregular times, while a posture "
        "is held.",
        traces=("ECR_R", "FCR_R", "BIC_R", "ECR_L"),
        pose="arms_out",
        movers=("APB_R", "FDI_R", "DEL_R", "FCR_L", "BIC_L", "APB_L", "FDI_L", "DEL_L"),
        eeg=("C3",),
        seed=7,
    ),
    "cortical_reflex": Stage(
        look="The arms are held out. A small shock at the right wrist is followed, in a twentieth of a second, by a "
        "jerk of the right hand and arm.",
        tell="A very short burst that follows the stimulus after about 50 ms, again and again.",
        traces=("APB_R", "ECR_R", "FCR_R", "BIC_R"),
        pose="arms_out",
        movers=("FDI_R", "DEL_R"),
        eeg=("C3",),
        seed=6,
    ),
    "cortical_tremor": Stage(
        look="The outstretched hands and fingers shiver, fast, fine and not quite evenly.",
        tell="Looks like a tremor, but each beat is a short burst of bender and straightener together, and the beat "
        "is not even.",
        traces=("ECR_R", "FCR_R", "ECR_L", "FCR_L"),
        pose="arms_out",
        movers=("APB_R", "FDI_R", "BIC_R", "APB_L", "FDI_L", "BIC_L"),
        eeg=("C3",),
        inset="hand",
        seconds=6.0,
        window=1.5,
        start=1.0,
        seed=9,
    ),
    "cortical_subcortical": Stage(
        look="Both shoulders and arms are thrown up at once, in one jerk or a short run of jerks.",
        tell="Both sides together, shoulders and arms most, with a burst of spikes in the EEG of the whole head.",
        traces=("DEL_R", "DEL_L", "ECR_R", "QUA_R"),
        pose="arms_out",
        movers=("BIC_R", "BIC_L", "FCR_R", "FCR_L", "ECR_L", "APB_R", "APB_L", "FDI_R", "FDI_L", "QUA_L"),
        eeg=("Fz",),
        nods=True,
        seed=3,
    ),
    "reticular": Stage(
        look="The whole body jerks at once: head forward, arms bent up, legs kicked out.",
        tell="Generalised, and the order starts low in the brainstem: neck first, then up to the face and down to the "
        "legs.",
        traces=("SCM_R", "MAS_R", "BIC_R", "QUA_R", "TA_R"),
        view="three-quarter",
        movers=("OO_R", "OO_L", "OOR_R", "OOR_L", "DEL_R", "DEL_L", "BIC_L", "APB_R", "APB_L", "QUA_L", "TA_L", "RA_R"),
        nods=True,
        seed=3,
    ),
    "startle": Stage(
        look="After each sudden sound the eyes shut, the head goes down, the arms bend up and the trunk folds.",
        tell="Always after a sound; eyes first, then neck, then trunk and limbs; bursts longer than 100 ms.",
        traces=("OO_R", "SCM_R", "BIC_R", "RA_R", "QUA_R"),
        movers=(
            "OO_L", "OOR_R", "OOR_L", "MAS_R", "BIC_L", "DEL_R", "DEL_L", "TRA_R", "TRA_L", "QUA_L", "TA_R", "TA_L",
        ),
        inset="face",
        nods=True,
        seconds=10.0,
        seed=3,
    ),
    "myoclonus_dystonia": Stage(
        look="The head is held turned. Lightning jerks of neck, shoulder and arm interrupt the twisted posture.",
        tell="Jerks of neck, shoulder and arm, longer than a cortical jerk's, on top of a twisted posture.",
        traces=("SCM_R", "TRA_R", "DEL_R", "BIC_R", "ECR_R"),
        pose="twisted",
        movers=("FCR_R", "TRI_R", "APB_R", "TRA_L", "DEL_L", "BIC_L", "ECR_L", "FCR_L"),
    ),
    "palatal": Stage(
        look="The soft palate rises and falls, a beat or two a second, without stopping. Nothing else moves.",
        tell="A steady beat of the palate alone, on both sides.",
        traces=("LVP_R", "LVP_L", "OOR_R"),
        view="front",
        inset="mouth",
        start=1.0,
        seed=9,
    ),
    "propriospinal": Stage(
        look="Lying on the back: the belly tightens, the trunk folds, and the legs, arms and neck follow slowly.",
        tell="Starts in the belly and spreads up and down slowly enough to see the order in the traces.",
        traces=("RA_R", "SCM_R", "BIC_R", "HAM_R", "TA_R"),
        pose="lying",
        view="side",
        movers=("BIC_L", "HAM_L", "TA_L", "DEL_R", "DEL_L"),
        nods=True,
        seed=3,
    ),
    "spinal_segmental": Stage(
        look="The right arm bends at the elbow and wrist in a slow, steady beat. All else is still.",
        tell="A steady beat in the muscles of one stretch of the spinal cord, and in no other.",
        traces=("BIC_R", "TRI_R", "ECR_R", "SCM_R", "TA_R"),
        movers=("FCR_R",),
        seed=8,
    ),
    "cortical_negative": Stage(
        look="Both arms are held out with the hands bent up. At times the right one sags for a moment and is caught.",
        tell="No burst but a silence in a working muscle; one arm; a spike in the EEG comes before.",
        traces=("ECR_R", "FCR_R", "DEL_R", "BIC_R"),
        pose="cocked",
        view="side",
        movers=(),
        eeg=("C3",),
        seed=8,
    ),
    "asterixis": Stage(
        look="Both arms are held out with the hands bent up. One hand or the other drops and is caught: it flaps.",
        tell="No burst but a silence in a working muscle; each hand at its own times.",
        traces=("ECR_R", "FCR_R", "ECR_L", "DEL_R"),
        pose="cocked",
        view="side",
        movers=("FCR_L", "DEL_L"),
        seed=3,
    ),
    "sleep_start": Stage(
        look="Lying still, eyes shut: one sudden jerk of trunk, arms and legs together. Then all is quiet.",
        tell="A single jerk of much of the body, at the edge of sleep.",
        traces=("RA_R", "DEL_R", "BIC_R", "QUA_R", "TA_R"),
        pose="lying",
        view="side",
        movers=("SCM_R", "DEL_L", "BIC_L", "QUA_L", "TA_L"),
        nods=True,
        asleep=True,
        seconds=6.0,
        seed=10,
    ),
    "hiccup": Stage(
        look="The belly and chest jump, and a moment later the throat snaps shut.",
        tell="The breathing muscle pulls first; the voice box closes about 35 ms later.",
        traces=("DIA_R", "LAR_R", "SCM_R"),
        view="side",
        inset="throat",
        nods=True,
        seconds=10.0,
        seed=9,
    ),
    "epilepsia_partialis_continua": Stage(
        look="Thumb, fingers and wrist of one hand twitch about once a second, on and on, at rest.",
        tell="One small part of the body, at rest, without stopping, in a loose beat.",
        traces=("APB_R", "FDI_R", "FCR_R", "BIC_R"),
        movers=("ECR_R",),
        eeg=("C3",),
        inset="hand",
        seed=9,
    ),
    "hemifacial_spasm": Stage(
        look="One half of the face twitches in volleys: the eye squeezes shut and the corner of the mouth is pulled.",
        tell="Eye and mouth of one side always together, within a millisecond: the fault lies in the nerve.",
        traces=("OO_R", "OOR_R", "OO_L", "OOR_L"),
        view="front",
        inset="face",
        seed=9,
    ),
    "fasciculation": Stage(
        look="Small flickers run under the skin of the calf, here and there. The foot does not move.",
        tell="Single tiny discharges of one muscle at rest; nothing moves but the skin.",
        traces=("SOL_R", "TA_R", "QUA_R"),
        view="side",
        inset="calf",
        seed=6,
    ),
    "myokymia": Stage(
        look="The skin below one eye quivers, worm-like. The eye stays open and the rest of the face is still.",
        tell="Short trains of discharges of the same unit in one small muscle.",
        traces=("OO_R", "OOR_R"),
        view="front",
        inset="eye",
        seed=7,
    ),
    "tic": Stage(
        look="The same small sequence again and again: a blink, a toss of the head, a shrug and a fling of the arm.",
        tell="Always the same sequence; bursts as long as those of a normal quick movement; pauses between.",
        traces=("OO_R", "SCM_R", "TRA_R", "DEL_R", "BIC_R"),
        movers=("OO_L", "OOR_R", "TRI_R"),
        inset="face",
        seed=6,
    ),
    "parkinsonian_tremor": Stage(
        look="The right hand lies in the lap and beats, five or six times a second; thumb and finger roll.",
        tell="At rest, an even beat; bender and straightener take turns.",
        traces=("ECR_R", "FCR_R", "APB_R", "ECR_L"),
        movers=("FDI_R",),
        inset="hand",
        seconds=6.0,
        window=1.5,
        start=1.0,
        seed=2,
    ),
    "essential_tremor": Stage(
        look="Both arms are held out, and both hands swing up and down in an even, quick beat.",
        tell="While a posture is held, an even beat on both sides.",
        traces=("ECR_R", "FCR_R", "ECR_L", "FCR_L"),
        pose="arms_out",
        movers=("BIC_R", "BIC_L"),
        inset="hand",
        seconds=6.0,
        window=1.5,
        start=1.0,
        seed=8,
    ),
    "chorea": Stage(
        look="Movements flow from one part of the body to the next, without a pattern: a hand, the head, a foot.",
        tell="No two alike; long and short bursts mixed; the movement wanders.",
        traces=("SCM_R", "ECR_R", "BIC_R", "FCR_L", "TA_R"),
        movers=(
            "FCR_R", "TRI_R", "APB_R", "FDI_R", "DEL_R", "OOR_R", "OOR_L", "TRA_L", "RA_R", "QUA_R",
            "ECR_L", "BIC_L", "TRI_L", "APB_L", "FDI_L", "DEL_L", "QUA_L", "TA_L",
        ),
        seed=8,
    ),
    "clonus": Stage(
        look="A hand pushes the right foot up and holds it there. The foot beats down against it in an even rhythm.",
        tell="Starts when the foot is pushed up, keeps an even beat while it is held; one muscle only.",
        traces=("SOL_R", "TA_R", "SOL_L"),
        pose="foot",
        view="side",
        inset="foot",
        seed=10,
    ),
    "voluntary": Stage(
        look="A healthy quick movement made on purpose: the right hand flicks up and is braked.",
        tell="Three bursts in turn: straightener, bender, straightener. Not a jerk that happens to a person.",
        traces=("ECR_R", "FCR_R", "BIC_R", "TRI_R"),
        pose="arms_out",
        eeg=("C3",),
        inset="hand",
        seed=7,
        start=2.0,
        seconds=6.0,
    ),
}  # fmt: skip

#: Kinds that can be simulated and are not shown, with the reason.
NOT_SHOWN = {
    "functional": "functional jerks look different from one person and one jerk to the next; no figure stands for them",
}
