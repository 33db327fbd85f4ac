namespace PhysOpt.Optimization;

/// <summary>Where a method is: at least the accepted point. Immutable, so that a run can be forked from any of its states.</summary>
public interface IMethodState
{
    /// <summary>The accepted point.</summary>
    Point At { get; }

    /// <summary>The step that led there, where the method has it at hand; null to have it computed for the record.</summary>
    Vector? Step => null;
}

/// <summary>
/// A method of optimisation: a state, and a step from one state to the next. The loop belongs to <see cref="Optimizer"/>.
/// </summary>
/// <typeparam name="TFunction">What the method needs of the objective.</typeparam>
/// <typeparam name="TState">What it carries from step to step.</typeparam>
public interface IMethod<in TFunction, TState>
    where TFunction : class, IObjective
    where TState : class, IMethodState
{
    /// <summary>The name in the records.</summary>
    string Name { get; }

    /// <summary>True when all its points lie within the bounds of the problem.</summary>
    bool KeepsBounds { get; }

    /// <summary>
    /// True when it says itself where its model promises nothing beyond rounding, with <see cref="TerminationReason.LossTolerance"/>.
    /// Otherwise the loop tells by the gradients.
    /// </summary>
    bool EndsByItself => false;

    /// <summary>True when it tells a minimum from a level stretch itself, by values alone, so that nobody has to look again.</summary>
    internal bool SeesLevels => false;

    /// <summary>
    /// The parameters that the meaning of a state depends on, to be compared by Equals; null for none. A run is resumed where they are the
    /// same, and otherwise begun anew at its point. The learning rate is not among them: it may change in the middle of a run.
    /// </summary>
    object? StateParameters => null;

    /// <summary>The state at the start.</summary>
    TState Initialize(TFunction f, Vector start);

    /// <summary>One iteration: the next state, or why there is none.</summary>
    Proposal<TState> Step(TFunction f, TState state);
}

/// <summary>
/// A method that can tell a minimum from a saddle. It is asked where the gradient is within its tolerance, before the run ends there.
/// </summary>
/// <typeparam name="TFunction">What the method needs of the objective.</typeparam>
/// <typeparam name="TState">What it carries from step to step.</typeparam>
public interface IEscapesSaddles<in TFunction, TState>
    where TFunction : class, IObjective
    where TState : class, IMethodState
{
    /// <summary>
    /// A state with a lower loss, and in a note where it lies; without a state where none is seen, so that the run may end: with <see
    /// cref="TerminationReason.Saddle"/> where it is one that the method does not leave.
    /// </summary>
    Proposal<TState> EscapeSaddle(TFunction f, TState state);

    /// <summary>False for a method that only tells what it is at, and stays there.</summary>
    bool LeavesSaddles => true;
}

/// <summary>What a step proposes: a state that the loop will check and accept, or a reason to end at the last one.</summary>
/// <param name="State">The next state; null when there is none.</param>
/// <param name="Reason">Why there is none; <see cref="TerminationReason.Running"/> when there is one.</param>
/// <param name="Note">Why there is none, as the end of a sentence; or, as a sentence, what is remarkable about the step; null for
/// nothing.</param>
public readonly record struct Proposal<TState>(TState? State, TerminationReason Reason, string? Note)
    where TState : class, IMethodState
{
    /// <summary>
    /// By how much the method's model promised that the step lowers the loss, where it shows that nothing is left to gain when that cannot
    /// be told from rounding; null otherwise. The step is then the last one.
    /// </summary>
    public double? Promised { get; init; }

    /// <summary>The variables that the step left where they are, since the residual hardly depends on them, where they are others than
    /// before; null otherwise.</summary>
    internal IReadOnlyList<int>? LeftOut { get; init; }

    /// <summary>A step as it should be.</summary>
    public static implicit operator Proposal<TState>(TState state) => new(state, TerminationReason.Running, null);
}
