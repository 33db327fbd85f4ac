using System.Globalization;
using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization.Acceptance;
using PhysOpt.Optimization.TrustRegion;

namespace PhysOpt.Optimization.Methods;

/// <summary>
/// Newton's method within a trust region: x+ = x + p, where p minimises g'p + p'Hp/2 among all |p| up to a radius that follows how well
/// this predicts the loss.
/// </summary>
/// <remarks>
/// <para>Needs value, gradient and Hessian: one of each per iteration, and a value for each step that is tried in vain. Up to
/// <see cref="LargestExactDimension"/> variables p is exact, O(n^3), and the path does not depend on the directions of the axes (More and
/// Sorensen 1983); beyond, p is found by conjugate gradients with Hessian-vector products, O(n) each (Steihaug 1983, Toint 1981).</para>
/// <para>The loss never rises. It leaves saddles, and does not end at a point with negative curvature where the loss falls along it.
/// The rules of the radius are those of Nocedal and Wright (2006), algorithm 4.1,
/// but that it does not grow in an iteration where it was cut.</para>
/// </remarks>
/// <param name="learningRate">The first radius in units of |x0|; of 1 where |x0| is below that and above 1/1000, or zero.</param>
public sealed class TrustRegionNewton(double learningRate = 1)
    : IMethod<IHessianProduct, TrustRegionNewton.State>, IEscapesSaddles<IHessianProduct, TrustRegionNewton.State>
{
    /// <summary>The largest number of variables for which the step is exact.</summary>
    public const int LargestExactDimension = 100;

    /// <summary>When a run ends by default: where nothing is left to gain, at the latest after 1000 iterations.</summary>
    public static OptimizationOptions DefaultOptions { get; } = new() { MaxIterations = 1000 };

    const int MaximumTrials = 60;
    const double Visible = 1e3; // roundings that the loss is to fall by, down a negative curvature
    const double NegligibleDecrease = 1e-10; // of the loss, where no step lowers it
    const double Lengthening = 4;
    const double LeastPart = 1e-3; // of what a slope of differences promises, that a longer step has to gain
    const double CutWhereNonFinite = 0.25; // of a step to where the loss is not finite

    /// <param name="At">x and its gradient.</param>
    /// <param name="Radius">How far the model is trusted, in units of x.</param>
    public sealed record State(Point At, double Radius) : IMethodState;

    /// <inheritdoc/>
    public string Name => "TrustRegion";

    /// <inheritdoc/>
    public bool EndsByItself => true;

    /// <inheritdoc/>
    public bool KeepsBounds => false;

    /// <inheritdoc/>
    public State Initialize(IHessianProduct f, Vector start)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(start);
        return new(f.At(start), learningRate * double.Max(FirstLength.Of(start), start.Norm));
    }

    /// <inheritdoc/>
    public Proposal<State> Step(IHessianProduct f, State state)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(state);
        var (at, radius) = state;
        if (ModelAt(f, at) is not { } model)
            return NoValue($"the Hessian is not finite at {PointWords.Place(at.X, "G7")}");

        var rounding = f.Rounding(at);
        var acceptance = new StepAcceptance(at, new(rounding, rounding, rounding));
        if (model.MostPromised is { } whole && f.IsNothing(at, whole)) return NothingLeft(whole);
        for (var trials = 0; trials < MaximumTrials; trials++)
        {
            var (step, predicted, isAtBoundary) = model.Within(radius);
            if (!step.IsFinite) return NoValue($"Newton's step is not finite at {PointWords.Place(at.X, "G7")}");
            if (acceptance.IsRoundoff(predicted) && trials == 0)
            {
                // a step that is kept short promises little: given room, does it promise more?
                var most = isAtBoundary ? model.Promise(double.Max(radius, Room(at.X))) : predicted;
                if (f.IsNothing(at, most)) return NothingLeft(most);
            }

            if (!(predicted > 0)) return Collapsed(radius);
            var trial = f.At(at.X + step);
            if (trial.X.Equals(at.X))
            {
                if (trials == 0) return Collapsed(radius);
                break;
            }

            if (double.IsNegativeInfinity(trial.Value)) return new State(trial, radius); // unbounded, says the loop
            if (!acceptance.IsUsable(trial))
            {
                radius = step.Norm * CutWhereNonFinite;
                continue;
            }

            var ratio = acceptance.RatioOrSign(trial, predicted);
            var isRoundoff = acceptance.IsRoundoff(predicted);
            var mayGrow = isAtBoundary && trials == 0;
            var tellsNothing = isRoundoff && trials == 0; // a step that is kept so short
            var isDoubtful = (isRoundoff || ratio < TrustRadius.Good) && (isAtBoundary || trials > 0);
            if (isDoubtful && (tellsNothing || ratio > StepAcceptance.LeastRatio)
                && Lengthened(f, at, step, model, isRoundoff, rounding) is { } other) return other;
            if (ratio > StepAcceptance.LeastRatio) return new State(trial, TrustRadius.NocedalWright(radius, step.Norm, ratio, mayGrow));
            if (tellsNothing) break;
            radius = step.Norm * TrustRadius.PartToMinimum(at.Gradient.Dot(step), trial.Value - at.Value, CutWhereNonFinite);
        }

        // no step lowers the loss, which is known to ten digits where derivatives come of differences
        if (!acceptance.AllNonFinite && model.Promise(Room(at.X)) is var left
            && left <= double.Min(Attainable(rounding, double.Abs(at.Value)), f.MostLeft(at))) return NothingLeft(left);
        return acceptance.AllNonFinite
            ? NoValue($"the loss is NaN or infinite around {PointWords.Place(at.X, "G7")}")
            : new Proposal<State>(null, TerminationReason.LineSearchFailed, string.Create(
                CultureInfo.InvariantCulture,
                $"no step lowers the loss, though the gradient norm is {at.Gradient.InfinityNorm:G4}; "
                + $"there is a kink, or the derivatives are wrong"));
    }

    /// <summary>
    /// A slope of differences may be nothing but their error, where the radius is so short that they tell nothing of what is within it: a
    /// longer step along the slope, if one lowers the loss, the end, if next to nothing is promised, or null.
    /// </summary>
    static Proposal<State>? Lengthened(IHessianProduct f, Point at, Vector step, IQuadraticModel model, bool isRoundoff, double rounding)
    {
        var (length, room) = (step.Norm, Room(at.X));
        if (f.IsExactAt(at) || (!isRoundoff && length > DifferenceStencil.FirstDerivativeStep * at.X.Norm)) return null;
        var most = model.Promise(room);
        if (!(most <= f.MostLeft(at))) return null;
        var least = double.Max(rounding, LeastPart * most);
        for (var longer = room; longer > length; longer /= Lengthening)
        {
            var trial = f.At(at.X.AddScaled(longer / length, step));
            if (at.Value - trial.Value > least && trial.Gradient.IsFinite) return new State(trial, longer);
        }

        return new Proposal<State>(null, TerminationReason.LossTolerance, FormattableString.Invariant(
            $"the model promises a loss lower by {most:G3} at most, but along its step the loss is lower nowhere by a part of it"));
    }

    static double Attainable(double rounding, double loss) =>
        double.Max(double.Max(rounding, double.Min(100 * rounding, loss)), NegligibleDecrease * loss);

    static Proposal<State> NoValue(string why) => new(null, TerminationReason.NonFinite, why);

    static Proposal<State> NothingLeft(double predicted) => new(
        null, TerminationReason.LossTolerance, FormattableString.Invariant(
            $"the quadratic model promises a loss lower by {double.Max(predicted, 0):G3} at most, which cannot be told from rounding"));

    static Proposal<State> Collapsed(double radius) => new(
        null, TerminationReason.StepCollapsed, FormattableString.Invariant(
            $"the loss does not follow its derivatives: within the radius of {radius:G3} no change can be told from rounding"));

    /// <inheritdoc/>
    public Proposal<State> EscapeSaddle(IHessianProduct f, State state)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(state);
        var at = state.At;
        if (ModelAt(f, at)?.FindNegativeCurvature() is not var (direction, curvature)) return default;
        if (at.Gradient.Dot(direction) > 0) direction = -direction;
        var (roundoff, shortest) = (LossRounding.Of(at.Value), Precision.MachineEpsilon * at.X.Norm);
        var visible = double.Sqrt(2 * Visible * roundoff / -curvature); // the radius may be that of steps to a point beside the saddle
        var length = double.Max(state.Radius, double.Min(visible, Room(at.X)));
        for (; -0.5 * curvature * length * length > roundoff && length > shortest; length /= 4)
        {
            foreach (var signed in (double[])[length, -length])
            {
                var trial = f.At(at.X.AddScaled(signed, direction));
                var isUsable = double.IsNegativeInfinity(trial.Value) || (double.IsFinite(trial.Value) && trial.Gradient.IsFinite);
                if (!isUsable || at.Value - trial.Value <= StepAcceptance.LeastRatio * -0.5 * curvature * length * length) continue;
                return new(new State(trial, length), TerminationReason.Running, string.Create(
                    CultureInfo.InvariantCulture,
                    $"The gradient vanishes at a saddle, where the Hessian has the negative eigenvalue {curvature:G4}: "
                    + $"left along its eigenvector, by {length:G4}."));
            }

            if (length <= LeastLength(at.X, state.Radius)) break;
        }

        return default;
    }

    static IQuadraticModel? ModelAt(IHessianProduct f, Point at)
    {
        if (at.X.Count > LargestExactDimension) return new KrylovModel(v => f.HessianTimes(at, v), at.Gradient);
        var hessian = f.Hessian(at);
        return hessian.IsFinite
            ? new ExactModel(hessian, at.Gradient, f.HessianError(at), LossRounding.Of(at.Value), Room(at.X)) : null;
    }

    static double Room(Vector x) => double.Max(1, x.Norm); // of directions without curvature: the more, the less is claimed

    /// <summary>Where nothing is left of a second difference.</summary>
    static double LeastLength(Vector x, double radius) =>
        double.Sqrt(Precision.MachineEpsilon) * (x.Norm is var size and > 0 ? size : radius);
}
