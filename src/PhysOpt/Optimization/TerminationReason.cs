namespace PhysOpt;

/// <summary>Why a run ended: the test that was met, or what stood in the way. Never a guess.</summary>
public enum TerminationReason
{
    /// <summary>The run continues: every record but the last.</summary>
    Running,

    /// <summary>The infinity norm of the (projected) gradient is zero, or within a GradientTolerance that was given.</summary>
    GradientTolerance,

    /// <summary>The Euclidean norm of the last step is within a StepTolerance that was given.</summary>
    StepTolerance,

    /// <summary>
    /// The method's model promises no change beyond the rounding of the loss; or the relative change of the loss in the last step is within
    /// a LossTolerance that was given.
    /// </summary>
    LossTolerance,

    /// <summary>The loss is at or below LossTarget.</summary>
    LossTarget,

    /// <summary>The distance to the problem's solution is at or below a target; in comparisons.</summary>
    DistanceTarget,

    /// <summary>MaxIterations is reached.</summary>
    IterationLimit,

    /// <summary>MaxEvaluations is reached.</summary>
    EvaluationLimit,

    /// <summary>The time is over.</summary>
    TimeLimit,

    /// <summary>The next point, or the loss or gradient there, is NaN or infinite; the record holds the last good point.</summary>
    NonFinite,

    /// <summary>
    /// The loss went to minus infinity, or below -1e20 times its size at the start with an x that has grown or shrunk as
    /// much; the record holds the last good point.
    /// </summary>
    Unbounded,

    /// <summary>No step along steepest descent lowers the loss enough; usually the derivatives are wrong or at their accuracy.</summary>
    LineSearchFailed,

    /// <summary>
    /// The loss hardly depends on some variables here, though it does elsewhere, or on none wherever it was looked at: nothing tells where
    /// their minimum is. Not converged. Start where the loss depends on them.
    /// </summary>
    Flat,

    /// <summary>
    /// Steps have become too short to change x or to tell anything by, while the method's model promises more, or has nothing to promise
    /// by; or the slope is nothing where the loss is lower right beside. Not converged.
    /// </summary>
    StepCollapsed,

    /// <summary>The gradient vanishes where the loss curves downwards: a saddle or a maximum. Not converged.</summary>
    Saddle,

    /// <summary>The Hessian is singular to working precision: Newton's step does not exist.</summary>
    SingularHessian,

    /// <summary>The inverse of the physics has no value at the wanted output; the record holds the last good point.</summary>
    OutOfRange,

    /// <summary>The caller stopped the run.</summary>
    Stopped,

    /// <summary>A function of the problem failed wherever a next point was tried; an error tells which and where.</summary>
    EvaluationError,
}

/// <summary>What the reasons have in common.</summary>
public static class TerminationReasonExtensions
{
    /// <summary>True when the run ended because a tolerance or target was met.</summary>
    public static bool IsConverged(this TerminationReason reason) =>
        reason is TerminationReason.GradientTolerance or TerminationReason.StepTolerance or TerminationReason.LossTolerance
            or TerminationReason.LossTarget or TerminationReason.DistanceTarget;

    /// <summary>True when the run ended as it was asked to: converged, at a limit, or stopped.</summary>
    public static bool IsExpected(this TerminationReason reason) =>
        reason.IsConverged() || reason is TerminationReason.IterationLimit or TerminationReason.EvaluationLimit
            or TerminationReason.TimeLimit or TerminationReason.Stopped;
}
