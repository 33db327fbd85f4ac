using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization.Acceptance;
using PhysOpt.Optimization.LeastSquares;
using PhysOpt.Optimization.TrustRegion;

namespace PhysOpt.Optimization.Methods;

/// <summary>
/// Levenberg-Marquardt for |r(x)|^2: the step s that minimises |r + J s| within a trust region |D s| and the bounds, with D the longest
/// that columns of J have been, unless they have become far shorter, and a radius that follows how well the model predicted.
/// </summary>
/// <remarks>
/// Needs residuals and their Jacobian; O(m n^2) per iteration, or what sparse factors take, and one evaluation if its first trial is taken.
/// The path does not depend on the units of x or y. Levenberg (1944), Marquardt (1963), in the form of More (1978), "The
/// Levenberg-Marquardt algorithm: implementation and theory", algorithm (7.1). Variables on which the residual hardly depends stay where
/// they are, unless moving them is as good as the model says. A trial that has no value is one that is too long. It ends by itself where
/// the model predicts no decrease beyond the rounding of the loss, or every residual is rounding, tests that no unit changes either.
/// </remarks>
/// <param name="initialRadius">The first radius, in units of |D x| at the start (of |r| where x is 0).</param>
public sealed class LevenbergMarquardt(double initialRadius = LevenbergMarquardt.DefaultInitialRadius)
    : IMethod<ILeastSquares, LevenbergMarquardt.State>
{
    /// <summary>The first radius unless given.</summary>
    public const double DefaultInitialRadius = 1;

    /// <summary>When a run ends by default: where nothing is left to gain, at the latest after 1000 iterations.</summary>
    public static OptimizationOptions DefaultOptions { get; } = new() { MaxIterations = 1000 };

    const double Outgrown = 10, Falling = 0.7; // where D is so many times the column, the part that is left of it
    const double FaintPart = 0.01; // of the rounding of the residual
    const int MostFaintTrials = 4;

    /// <param name="At">x and y.</param>
    /// <param name="Scale">The diagonal of D, in units of y per unit of x; null at the start.</param>
    /// <param name="Radius">The largest |D s| of the next trial, in units of y.</param>
    public sealed record State(Point At, Vector? Scale = null, double Radius = 0) : IMethodState
    {
        /// <summary>The variables that the step here left out, since the residual hardly depended on them.</summary>
        internal IReadOnlyList<int> LeftOut { get; private init; } = [];

        internal State LeavingOut(int[] variables) => this with { LeftOut = variables };
    }

    /// <inheritdoc/>
    public string Name => "LevenbergMarquardt";

    /// <inheritdoc/>
    public bool EndsByItself => true;

    /// <inheritdoc/>
    public bool KeepsBounds => true;

    /// <inheritdoc/>
    public State Initialize(ILeastSquares f, Vector start) => new(f.At(start));

    /// <inheritdoc/>
    public Proposal<State> Step(ILeastSquares f, State state)
    {
        var at = state.At;
        if (!f.TryLinearise<State>(at, out var jacobian, out var noStep)) return noStep;

        var residual = f.Residual(at);
        if (RoundoffTolerance.IsRounding(at, residual, jacobian)) return StepAcceptance.Converged<State>(at.Value);
        var scale = Scale(jacobian, state.Scale);
        var radius = state.Scale is null ? initialRadius * FirstLength(at.X, residual, scale) : state.Radius;
        var faint = Faint(at.X, residual, jacobian);
        var acceptance = new StepAcceptance(at, RoundoffTolerance.OfResidual(at, residual, jacobian));
        if (faint.Length == 0 || faint.Length == at.X.Count) return Search(Model(), int.MaxValue);

        // what would let a faint variable matter may take it anywhere, so that it moves only where that is as good as its model says
        var (seen, whole) = (Model(faint), Model());
        var found = Search(seen, int.MaxValue);
        if (found.State is not { } kept) return Search(whole, MostFaintTrials) is { State: not null } last ? last : found;
        var (with, without) = (whole.Within(radius), seen.Within(radius));
        var trial = f.At(with.Next);
        var gain = StepAcceptance.LeastRatio * (with.Reduction - without.Reduction) - LossRounding.Of(at.Value);
        return kept.At.Value - trial.Value >= gain && Accepted(with, trial) is { } all ? all
            : found with { State = kept.LeavingOut(faint), LeftOut = faint.SequenceEqual(state.LeftOut) ? null : faint };

        BoundedModel Model(params int[] leftOut) => new(f, at.X, jacobian, residual, scale, leftOut);

        Proposal<State> Search(BoundedModel model, int mostTrials)
        {
            var predicted = model.LargestReduction();
            if (acceptance.IsConverged(predicted)) return StepAcceptance.Converged<State>(predicted);
            for (var trials = 0; radius > 0 && trials < mostTrials && model.Within(radius) is var step && !step.Next.Equals(at.X); trials++)
            {
                var trial = f.At(step.Next);
                if (Accepted(step, trial) is { } next) return next;
                if (acceptance.IsDecidedByChance(predicted, step.Reduction)) break;
                radius = Shrunk(step, trial);
            }

            return acceptance.NoneAccepted<State>(f, predicted, residual, jacobian);
        }

        State? Accepted(BoundedStep step, Point trial)
        {
            var ratio = acceptance.Ratio(trial, step.Reduction);
            return acceptance.Accepts(trial, ratio)
                ? new(trial, scale, TrustRadius.More(radius, step.Length, step.IsNewton, ratio, Shrunk(step, trial))) : null;
        }

        double Shrunk(BoundedStep step, Point trial) => TrustRadius.Shrunk(radius, step.Length, step.Slope, trial.Value - at.Value);
    }

    /// <summary>
    /// The variables whose columns are below rounding: moved by their own size they change the residual by less than a hundredth of its
    /// rounding. To make them matter the linear model takes them 1e18 times their sizes away and more, where they seldom come back from.
    /// </summary>
    static int[] Faint(Vector x, Vector residual, IJacobian jacobian)
    {
        var least = FaintPart * Precision.MachineEpsilon * residual.Norm;
        return [.. Enumerable.Range(0, x.Count).Where(j => x[j] != 0 && double.Abs(x[j]) * jacobian.ColumnNorm(j) <= least)];
    }

    /// <summary>
    /// D of (6.3): never smaller than before, so that no variable is let loose where the residual happens not to see it; but where a column
    /// goes as 1/x, and x grows by decades, D follows.
    /// </summary>
    static Vector Scale(IJacobian jacobian, Vector? before)
    {
        var norms = new double[jacobian.ColumnCount];
        for (var j = 0; j < norms.Length; j++)
        {
            norms[j] = jacobian.ColumnNorm(j);
            if (before is not null && before[j] > norms[j]) norms[j] = before[j] > Outgrown * norms[j] ? Falling * before[j] : before[j];
            if (norms[j] == 0) norms[j] = 1;
        }

        return Vector.Wrap(norms);
    }

    /// <summary>
    /// |D x|, or |r| where x is zero or so small beside what it has to become that a step of its length would not be seen in the loss.
    /// </summary>
    static double FirstLength(Vector x, Vector residual, Vector scale)
    {
        var (length, wanted) = (x.Zip(scale, (xi, d) => xi * d).Norm, residual.Norm);
        return length > 1e-6 * wanted ? length : wanted;
    }
}
