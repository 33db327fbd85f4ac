using PhysOpt.Optimization.Methods;

namespace PhysOpt.Solving;

/// <summary>Why a method suits a problem, where nobody has asked for one.</summary>
/// <param name="Method">The name of the method.</param>
/// <param name="Suits">Whether it does.</param>
/// <param name="Reason">Why, as the end of a sentence.</param>
/// <param name="EscapesSaddles">True when it tells a saddle from a minimum.</param>
/// <param name="Confirms">Whether it is cheap enough to continue also where the one before has succeeded, and to see whether that is a
/// minimum.</param>
internal sealed record MethodChoice(
    string Method, Func<ProblemTraits, bool> Suits, Func<ProblemTraits, string> Reason, bool EscapesSaddles = false,
        Func<ProblemTraits, bool>? Confirms = null)
{
    /// <summary>Up to so many variables a dense Jacobian is factorised at every step.</summary>
    const int LargestDenseDimension = 1000;

    /// <summary>The first that suits a problem is its method; the later ones take over where it ends without success.</summary>
    internal static IReadOnlyList<MethodChoice> All { get; } =
    [
        new("Brent", t => t.IsByValuesBetweenBounds, t => "one variable between two bounds needs values alone"),
        new("LevenbergMarquardt", t => t.HasResiduals && (t.HasSparseJacobian || t.Dimension <= LargestDenseDimension), t =>
            "the loss is a sum of squares" + (t.HasSparseJacobian ? ", and most entries of its Jacobian are zero" : "")),
        new("Lbfgs", t => true, t =>
            t.HasBounds ? "the problem has bounds"
            : !t.HasExactHessian ? "second derivatives are not exact"
            : SeesCurvature(t) ? $"from far it finds its way best; second derivatives, exact for n = {t.Dimension}, look at what it finds"
            : $"n = {t.Dimension} is large"),
        new("TrustRegion", t => !t.HasBounds, t => "second derivatives see what gradients do not", EscapesSaddles: true,
            Confirms: SeesCurvature),
    ];

    internal static bool SeesCurvature(ProblemTraits t) => t.HasExactHessian && t.Dimension <= TrustRegionNewton.LargestExactDimension;
}
