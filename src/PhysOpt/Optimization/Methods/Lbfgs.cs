using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization.LineSearch;

namespace PhysOpt.Optimization.Methods;

/// <summary>Limited-memory BFGS: x+ = x - a H g, with H from the last m curvature pairs and the step a by the More-Thuente search.</summary>
/// <remarks>
/// Needs value and gradient; usually one of each per iteration, O(mn) besides. Liu and Nocedal (1989). The safeguards are those of
/// L-BFGS-B (Zhu, Byrd, Lu, Nocedal 1997): a pair without positive curvature is skipped, and a failed search clears the memory
/// and tries steepest descent before it counts as a failure.
/// </remarks>
/// <param name="memory">m, the number of curvature pairs kept.</param>
/// <param name="learningRate">The step that a search tries first, in units of H g; 1 is the quasi-Newton step.</param>
public sealed class Lbfgs(int memory = Lbfgs.DefaultMemory, double learningRate = 1) : IMethod<IDifferentiable, Lbfgs.State>
{
    /// <summary>The learning rate by default: the quasi-Newton step.</summary>
    public const double DefaultLearningRate = 1;

    /// <summary>The number of curvature pairs kept by default.</summary>
    public const int DefaultMemory = 10;

    /// <summary>The relative change of the loss at which the run ends by default: ten times the spacing of numbers.</summary>
    public const double DefaultLossTolerance = 10 * Precision.MachineEpsilon;

    /// <param name="At">x and its gradient.</param>
    /// <param name="Pairs">The curvature pairs.</param>
    public sealed record State(Point At, CurvaturePairs Pairs) : IMethodState;

    /// <inheritdoc/>
    public string Name => "Lbfgs";

    /// <inheritdoc/>
    public bool KeepsBounds => false;

    /// <inheritdoc/>
    public object? StateParameters => memory;

    /// <inheritdoc/>
    public State Initialize(IDifferentiable f, Vector start) => new(f.At(start), CurvaturePairs.Empty(memory));

    /// <inheritdoc/>
    public Proposal<State> Step(IDifferentiable f, State state)
    {
        var (at, pairs) = state;
        var direction = -pairs.InverseHessianTimes(at.Gradient);
        if (!pairs.IsEmpty && at.Gradient.Dot(direction) < 0 && StrongWolfeSearch.Find(f, at, direction, learningRate).Point is { } next)
            return new State(next, pairs.Updated(at, next));

        // No pairs yet, or they mislead: steepest descent, with a first step of length one (times the learning rate).
        direction = -at.Gradient;
        var found = StrongWolfeSearch.Find(f, at, direction, learningRate / direction.Norm);
        if (found.Point is { } descended) return new State(descended, pairs.Cleared().Updated(at, descended));
        return found.AllNonFinite
            ? new Proposal<State>(null, TerminationReason.NonFinite, null)
            : new Proposal<State>(null, TerminationReason.LineSearchFailed, null);
    }
}
