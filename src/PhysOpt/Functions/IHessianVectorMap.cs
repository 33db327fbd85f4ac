namespace PhysOpt.Functions;

/// <summary>A map whose second derivatives can be had in one direction, at the cost of a few evaluations and without the Hessian.</summary>
public interface IHessianVectorMap : ITwiceDifferentiableMap
{
    /// <summary>The Hessian of w'f times v, n components.</summary>
    /// <param name="x">The point.</param>
    /// <param name="w">The weights, m components.</param>
    /// <param name="v">The direction, n components.</param>
    Vector HessianVectorProduct(Vector x, Vector w, Vector v);
}
