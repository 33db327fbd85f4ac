using PhysOpt.Functions;

namespace PhysOpt.Optimization;

/// <summary>
/// What travels with a record unseen, so that its run can be resumed: the method's state there, which shares its vectors with the record.
/// It is no part of what the record says: two records are equal whatever they carry, and none of it is shown or serialised.
/// </summary>
/// <param name="state">The method's state at the record's point; null where it cannot be resumed.</param>
/// <param name="origin">What the state was reached with, one object for all records of a run.</param>
internal readonly struct Continuation(IMethodState? state, Origin? origin) : IEquatable<Continuation>
{
    /// <summary>
    /// The state, where a run of a method would have left the same one at the record; null where the method has to start anew.
    /// </summary>
    internal TState? StateFor<TFunction, TState>(IterationRecord record, IMethod<TFunction, TState> method, OptimizationProblem problem)
        where TFunction : class, IObjective
        where TState : class, IMethodState =>
        IsOf(record) && ReferenceEquals(record.Problem, problem) && ReferenceEquals(origin!.Problem, problem)
            && Equals(origin.MethodParameters, method.StateParameters)
            ? state as TState
            : null;

    /// <summary>Where the run of the record began; null where that is not known.</summary>
    internal SearchStart? First => origin?.First;

    /// <summary>The newest mark of the run up to an iteration; null where there is none.</summary>
    internal (int Iteration, double Loss)? MarkAt(int iteration) =>
        origin?.Marks.FindLast(each => each.Iteration <= iteration) is { Iteration: > 0 } mark ? mark : null;

    /// <summary>The point with what is known there, for an objective of the same functions; null where nothing is.</summary>
    internal Point? PointFor(IterationRecord record, FunctionsInUse functions) =>
        IsOf(record) && origin!.Functions.HaveSameValues(functions) ? state!.At : null;

    /// <summary>True where the functions, and the way they are differentiated, are those that the state was reached with.</summary>
    internal bool IsWith(FunctionsInUse functions) => functions.Equals(origin?.Functions);

    /// <summary>A copy of the record may have been given another point.</summary>
    bool IsOf(IterationRecord record) => state is not null && ReferenceEquals(state.At.X, record.X);

    /// <inheritdoc/>
    public bool Equals(Continuation other) => true;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Continuation;

    /// <inheritdoc/>
    public override int GetHashCode() => 0;
}

/// <summary>What the states of a run were reached with.</summary>
/// <param name="Problem">The problem.</param>
/// <param name="Functions">Its functions, as they were then.</param>
/// <param name="MethodParameters">The method's <see cref="IMethod{TFunction, TState}.StateParameters"/>.</param>
internal sealed record Origin(OptimizationProblem Problem, FunctionsInUse Functions, object? MethodParameters)
{
    /// <summary>Where the run began, which a run that resumes it is told.</summary>
    internal SearchStart? First { get; set; }

    /// <summary>What the loss was where windows of iterations began, of a method whose progress is measured by them.</summary>
    internal List<(int Iteration, double Loss)> Marks { get; } = [];
}

/// <summary>
/// The functions that an objective calls. One that is recorded is another one when it had to be recorded again, as when a variable in it
/// has changed.
/// </summary>
/// <param name="Physics">The physics; null where there is none.</param>
/// <param name="Loss">The loss.</param>
/// <param name="Gradient">The gradient that was supplied, or null.</param>
/// <param name="Derivative">Where derivatives come from.</param>
internal sealed record FunctionsInUse(IMap? Physics, IMap Loss, IMap? Gradient, DerivativeSource Derivative)
{
    /// <summary>True where values are those of the other functions; derivatives may come from elsewhere.</summary>
    internal bool HaveSameValues(FunctionsInUse other) => Equals(Physics, other.Physics) && Equals(Loss, other.Loss);
}
