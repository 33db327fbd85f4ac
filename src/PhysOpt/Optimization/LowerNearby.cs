using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization;

/// <summary>Asks the loss itself, where a model of the loss promises nothing and the slope does.</summary>
/// <remarks>
/// A quasi-Newton model, or the curvature along a step, is blind to variables whose scales are far from those of the others, and to kinks.
/// Where a thousandth of a variable's size times its slope would be seen in the loss, a thousandth and less of it is tried. At a minimum
/// the curvature has made such slopes small, and nothing is asked.
/// </remarks>
internal static class LowerNearby
{
    const double Part = 1e-3; // of the size of a variable
    const double Clearly = 10; // between kinks, whose directions are sampled
    const int MostTried = 4, MostVariables = 100;
    const int MostRadii = 12; // from that of the Gauss-Newton step on
    const double Shrink = 0.1;
    const double BadlyScaled = 1e3; // the ratio of sizes from which on a method without a model of each variable may be blind

    /// <summary>Where the loss is lower.</summary>
    /// <param name="Variable">The variable along which it is; null for a way between kinks.</param>
    internal readonly record struct Way(int? Variable);

    /// <summary>A way along which the loss is lower nearby; null where none is seen.</summary>
    /// <param name="points">The points around where a run would end.</param>
    /// <param name="start">Where the run began.</param>
    /// <param name="startLoss">The loss there.</param>
    /// <param name="asksBetweenKinks">Whether gradients around the point are asked too.</param>
    internal static Way? Along(NearbyPoints points, Vector start, double startLoss, bool asksBetweenKinks)
    {
        var (f, at) = (points.Objective, points.Middle);
        var sizes = VariableSizes.Of(at.X, start);
        var isOvershot = LossRounding.IsOvershot(startLoss, at.Value);
        var least = LossRounding.Clear(startLoss, at.Value);
        List<(double Gain, int Variable)> suspects = [];
        for (var i = 0; i < at.X.Count; i++)
        {
            // one without a size of its own may be at 0 but for rounding
            if (isOvershot && !(start[i] != 0 && double.Abs(at.X[i]) > Part * double.Abs(start[i]))) continue;
            var gain = Part * double.Abs(at.Gradient[i]) * sizes[i];
            if (gain > least && double.Min(gain, double.Abs(at.Gradient[i]) * Room(i)) is var most && most > least) suspects.Add((most, i));
        }

        foreach (var (_, i) in suspects.OrderByDescending(each => each.Gain).Take(MostTried))
        {
            for (var part = Part; part > Part * Part / 2; part *= Part)
            {
                var trial = points.At(at.X.With(i, at.X[i] - double.Sign(at.Gradient[i]) * part * sizes[i]));
                if (at.Value - trial.Value > LossRounding.Of(at.Value)) return new(i);
            }
        }

        return asksBetweenKinks && suspects.Count > 0 && !isOvershot
            && KinkProbe.IsLowerBetween(f, at, sizes, Clearly * least) ? new Way(null) : null;

        double Room(int i) => !f.Bounds.Exist ? double.PositiveInfinity
            : at.Gradient[i] > 0 ? at.X[i] - f.Bounds.Lower[i] : f.Bounds.Upper[i] - at.X[i];
    }

    /// <summary>
    /// True where sizes of variables are far apart, and the loss is lower after a step of Levenberg and Marquardt, which no scale of a
    /// variable changes: a curved valley is lower along no single variable.
    /// </summary>
    /// <param name="f">The objective.</param>
    /// <param name="at">The point, with its gradient.</param>
    /// <param name="start">Where the run began.</param>
    /// <param name="startLoss">The loss there.</param>
    internal static bool ByLeastSquares(IObjective f, Point at, Vector start, double startLoss)
    {
        var sizes = VariableSizes.Of(at.X, start);
        if (f is not ILeastSquares squares || at.X.Count > MostVariables || sizes.Max() < BadlyScaled * sizes.Min()) return false;
        var jacobian = squares.ResidualJacobian(at);
        if (!jacobian.IsFinite) return false;
        var units = new Vector(Enumerable.Range(0, sizes.Count).Select(j => jacobian.ColumnNorm(j) is > 0 and var norm ? norm : 1));
        var step = new DampedStep(jacobian, squares.Residual(at), units);
        var least = double.Max(LossRounding.Clear(startLoss, at.Value), LossRounding.ClearOfFirst(startLoss));
        var radius = double.PositiveInfinity;
        for (var k = 0; k < MostRadii; k++)
        {
            var (p, _) = step.Within(radius);
            if (at.Value - f.At(f.Project(at.X + p)).Value > least) return true;
            radius = double.Min(Shrink * Length(p), Length(sizes)); // a nearly singular Jacobian leads far beyond what variables are
        }

        return false;

        double Length(Vector p) => new Vector(p.Zip(units, (v, unit) => v * unit)).Norm;
    }
}
