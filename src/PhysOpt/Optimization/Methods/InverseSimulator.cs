using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.Methods;

/// <summary>
/// The inverse-simulator update: a Newton step of the loss in the space of y, pulled back through an inverse of the physics P,
/// x+ = P^-1(y - eta H_L(y)^-1 grad L(y); x) with y = P(x). For L = |y - t|^2 the step in y is -eta (y - t), a straight line.
/// </summary>
/// <remarks>
/// Needs physics, loss and an inverse, no gradient of the composition. Its path does not depend on the units of y.
/// Holl, Koltun, Thuerey (2022), "Scale-invariant learning by physics inversion"; Physics-based Deep Learning, "Scale-invariance and
/// inversion".
/// </remarks>
/// <param name="learningRate">eta, without unit; 1 is the full step.</param>
/// <param name="inverse">How the physics is inverted; null for the inverse that came with the problem.</param>
public sealed class InverseSimulator(double learningRate, IInverseSolver? inverse = null) : IMethod<IInvertible, InverseSimulator.State>
{
    /// <summary>The learning rate by default: the full step.</summary>
    public const double DefaultLearningRate = 1;

    readonly IInverseSolver inverse = inverse ?? new SuppliedInverse();

    /// <param name="At">x and y.</param>
    /// <param name="Start">y at the start.</param>
    public sealed record State(Point At, Vector Start) : IMethodState;

    /// <inheritdoc/>
    public string Name => "InverseSimulator";

    /// <inheritdoc/>
    public bool EndsByItself => true;

    /// <inheritdoc/>
    public bool KeepsBounds => inverse.KeepsBounds;

    /// <inheritdoc/>
    public object? StateParameters => inverse is SuppliedInverse;

    /// <inheritdoc/>
    public State Initialize(IInvertible f, Vector start)
    {
        if (f.Inverse is null && inverse is SuppliedInverse)
            throw new ProblemException("InverseMissing", "The problem has no inverse of its own.",
                "Supply -Inverse, or choose a numeric inverse.");
        var at = f.At(start);
        return new(at, at.Y!);
    }

    /// <inheritdoc/>
    public Proposal<State> Step(IInvertible f, State state)
    {
        if (f.LossNewtonDirection(state.At) is not { } direction)
            return new Proposal<State>(
                null, TerminationReason.SingularHessian, $"the Hessian of the loss is singular at y = {PointWords.Of(state.At.Y!, "G7")}");
        if (!direction.IsFinite)
            return new Proposal<State>(null, TerminationReason.NonFinite,
            $"the Newton direction of the loss is not finite at y = {PointWords.Of(state.At.Y!, "G7")}");

        var y = state.At.Y!;
        if (direction.Norm <= inverse.Accuracy * double.Max(y.Norm, state.Start.Norm))
            return new Proposal<State>(null, TerminationReason.LossTolerance, FormattableString.Invariant(
                $"the Newton step of the loss in y has the length {direction.Norm:G3}, which the inverse cannot tell from zero"));
        var wanted = y.AddScaled(-learningRate, direction);
        var (found, whyNot) = inverse.Solve(f, wanted, state.At);
        return found is null ? new Proposal<State>(null, TerminationReason.OutOfRange, whyNot) : new State(found, state.Start);
    }
}

/// <summary>A way to invert physics at a point.</summary>
public interface IInverseSolver
{
    /// <summary>True when what it finds lies within the bounds of the problem.</summary>
    bool KeepsBounds { get; }

    /// <summary>The relative accuracy of y(x) that an x is found with.</summary>
    double Accuracy => 4 * Precision.MachineEpsilon;

    /// <summary>An x near <paramref name="near"/> with y(x) = <paramref name="wanted"/>.</summary>
    InverseSolution Solve(IInvertible f, Vector wanted, Point near);
}

/// <summary>What came of an inversion.</summary>
/// <param name="Found">The x, with its y; null when there is none.</param>
/// <param name="WhyNot">Why there is none, as the end of a sentence; null when there is one.</param>
public readonly record struct InverseSolution(Point? Found, string? WhyNot);

/// <summary>The inverse that came with the problem.</summary>
public sealed class SuppliedInverse : IInverseSolver
{
    /// <inheritdoc/>
    public bool KeepsBounds => false;

    /// <inheritdoc/>
    public InverseSolution Solve(IInvertible f, Vector wanted, Point near)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(near);
        var x = f.Inverse!.Evaluate(wanted, near.X); // that there is one was checked at the start
        if (x.Count != near.X.Count)
        {
            throw new EvaluationException(
                "InverseLengthMismatch",
                $"Inverse must return {Plural.Of(near.X.Count, "number")}, but returned {x.Count}, "
                + $"at y = {PointWords.Of(wanted)}.", wanted);
        }

        return x.IsFinite ? new(f.At(x), null) : new(
            null, $"the inverse has no finite value at y = {PointWords.Of(wanted, "G7")}, where it returned {PointWords.Of(x, "G7")}");
    }
}
