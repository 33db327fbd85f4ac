namespace PhysOpt.Optimization;

/// <summary>Whether a Hessian fits into memory, asked before any of it is allocated.</summary>
internal static class HessianRoom
{
    const int Copies = 3; // the matrix, its factors, and what it is made of

    /// <summary>Does nothing where a Hessian of so many variables fits.</summary>
    /// <param name="x">The point, n components.</param>
    /// <exception cref="EvaluationException">HessianTooLarge: it does not fit into an array, or into memory.</exception>
    internal static void Require(Vector x)
    {
        var entries = (long)x.Count * x.Count;
        var bytes = sizeof(double) * (double)entries;
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (entries <= Array.MaxLength && Copies * bytes <= available) return;
        throw new EvaluationException(
            "HessianTooLarge", FormattableString.Invariant(
                $"The Hessian of {x.Count:N0} variables takes {bytes / 1e9:G3} GB; there are {available / 1e9:G3} GB. ")
            + "Use Invoke-Lbfgs or Invoke-TrustRegion.", null)
        {
            EndsRun = true,
        };
    }
}
