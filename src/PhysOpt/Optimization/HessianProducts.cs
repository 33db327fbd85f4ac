using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization;

/// <summary>
/// The Hessian of an objective times vectors: from a record where there is one, otherwise with the explicit Hessian where that is exact,
/// otherwise as central differences of the gradient along the vector.
/// </summary>
/// <param name="recorded">The product from a record; null where there is none.</param>
/// <param name="isExact">True when the explicit Hessian is exact.</param>
/// <param name="objective">The objective, for the other ways.</param>
/// <param name="hasExactGradient">True when its gradients are exact.</param>
/// <param name="budget">Stops the run.</param>
internal sealed class HessianProducts(
    Func<Point, Vector, Vector?> recorded, bool isExact, ITwiceDifferentiable objective, bool hasExactGradient, EvaluationBudget budget)
{
    readonly double relativeStep = RelativeStep(hasExactGradient);
    (Point At, Matrix Hessian)? latest; // conjugate gradients ask many times at one point

    /// <summary>
    /// The step h of a difference of gradients, in sizes of x: its own error is h^2, that of the gradients eps or, where these are
    /// differences of values, eps^(2/3), over h.
    /// </summary>
    /// <param name="hasExactGradient">True for gradients that are exact.</param>
    internal static double RelativeStep(bool hasExactGradient) =>
        double.Pow(Precision.MachineEpsilon, hasExactGradient ? 1.0 / 3 : 2.0 / 9);

    internal Vector At(Point point, Vector v)
    {
        budget.ThrowIfStopped();
        if (recorded(point, v) is { } product) return product;
        if (!isExact) return Difference(point, v);
        if (latest is not var (at, hessian) || at != point) latest = (point, hessian = objective.Hessian(point));
        return hessian.Multiply(v);
    }

    /// <summary>(g(x + h v) - g(x - h v))/2h. Nocedal and Wright (2006), equation (8.20).</summary>
    Vector Difference(Point point, Vector v)
    {
        var length = v.Norm;
        if (length == 0) return v;
        var h = relativeStep * double.Max(FirstLength.Of(point.X), point.X.Norm) / length;
        return 1 / (2 * h) * (objective.At(point.X.AddScaled(h, v)).Gradient - objective.At(point.X.AddScaled(-h, v)).Gradient);
    }
}
