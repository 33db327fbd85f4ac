using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.QuasiNewton;

namespace PhysOpt.Tests;

/// <summary>Curvature pairs as tests of their algebra want them: without bounds, and by the products of their inverse Hessian.</summary>
internal static class CurvaturePairsShortcuts
{
    /// <summary>With the pair of the step between two points.</summary>
    internal static CurvaturePairs Updated(this CurvaturePairs pairs, Point from, Point to) =>
        pairs.Updated(from, to, to.X - from.X, Bounds.None);

    /// <summary>H g with the inverse Hessian H that the pairs describe.</summary>
    internal static Vector InverseHessianTimes(this CurvaturePairs pairs, Vector g)
    {
        var step = new double[g.Count];
        pairs.NewtonStep(g, step);
        return -new Vector(step);
    }
}
