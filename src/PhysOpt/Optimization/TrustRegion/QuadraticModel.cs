namespace PhysOpt.Optimization.TrustRegion;

/// <summary>The quadratic model m(p) = g'p + p'Hp/2 of how the loss changes, minimised within a radius.</summary>
internal interface IQuadraticModel
{
    /// <summary>A step p with |p| at most the radius that makes m(p) small.</summary>
    ModelStep Within(double radius);

    /// <summary>
    /// By how much the loss can fall within a radius, whatever the signs of curvatures: negative ones are looked at apart.
    /// </summary>
    double Promise(double radius);

    /// <summary>By how much the loss can fall at all, where the model is convex and its minimum is known already; null otherwise.</summary>
    double? MostPromised => null;

    /// <summary>A direction of negative curvature, where there is one: the way out of a saddle.</summary>
    NegativeCurvature? FindNegativeCurvature();
}

/// <summary>A step and what the model predicts of it.</summary>
/// <param name="Step">p.</param>
/// <param name="Reduction">-m(p), by which the loss should fall; not negative but for rounding.</param>
/// <param name="IsAtBoundary">True when the radius is what keeps it short.</param>
internal readonly record struct ModelStep(Vector Step, double Reduction, bool IsAtBoundary)
{
    /// <summary>The step p, given H p.</summary>
    internal static ModelStep Of(Vector gradient, Vector step, Vector hessianTimesStep, bool isAtBoundary) =>
        new(step, -gradient.Dot(step) - 0.5 * step.Dot(hessianTimesStep), isAtBoundary);
}

/// <summary>A unit vector v along which the loss curves downwards.</summary>
/// <param name="Direction">v, of length 1.</param>
/// <param name="Curvature">v'Hv, below zero.</param>
internal readonly record struct NegativeCurvature(Vector Direction, double Curvature);
