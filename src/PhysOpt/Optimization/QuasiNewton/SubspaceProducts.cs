
namespace PhysOpt.Optimization.QuasiNewton;

/// <summary>
/// The system M^-1 - W'ZZ'W / theta of the free variables Z, and M^-1 itself. With A the variables at bounds it is
/// [-(D + Y'ZZ'Y / theta), C'; C, theta S'AA'S], where C is S'AA'Y below its diagonal and -S'ZZ'Y on and above it: nothing is subtracted.
/// </summary>
internal static class SubspaceProducts
{
    /// <summary>
    /// Factorises M^-1 = [-D, L'; L, theta S'S], (3.4) of Byrd, Lu, Nocedal, Zhu (1995); false where it is not as definite as it should be.
    /// </summary>
    internal static bool FactoriseMiddle(CurvaturePairs pairs, LbfgsWorkspace work)
    {
        var (k, theta, system, all) = (pairs.Count, pairs.Theta, work.Middle, pairs.All);
        var a = system.A;
        var c = system.C;
        var g = system.G;
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
            {
                var at = i * k + j;
                a[at] = i == j ? all.SY[at] : 0;
                c[at] = i > j ? all.SY[at] : 0;
                g[at] = theta * all.SS[at];
            }
        }

        return system.Factorise(k);
    }

    /// <summary>Factorises the system of the free variables.</summary>
    internal static bool Factorise(CurvaturePairs pairs, LbfgsWorkspace work)
    {
        var (k, theta, system, free, bound) = (pairs.Count, pairs.Theta, work.Subspace, pairs.Free, pairs.Bound);
        var a = system.A;
        var c = system.C;
        var g = system.G;
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
            {
                var at = i * k + j;
                a[at] = free.YY[at] / theta + (i == j ? pairs.All.SY[at] : 0);
                c[at] = i <= j ? -free.SY[at] : bound?.SY[at] ?? 0;
                g[at] = theta * (bound?.SS[at] ?? 0);
            }
        }

        return system.Factorise(k);
    }
}
