namespace PhysOpt.Functions;

/// <summary>Whether a matrix of derivatives fits into memory, asked before any of it is allocated.</summary>
internal static class MatrixRoom
{
    const int WithFactors = 3; // the matrix, its factors, and what it is made of
    const int Small = 1 << 22; // entries, 34 MB: not worth a look
    const long LargestFactorised = 25_000_000; // entries of a Jacobian: a minute for each step

    /// <summary>Does nothing where a Hessian of so many variables fits, with its factors.</summary>
    /// <param name="x">The point, n components.</param>
    /// <param name="function">What it is the Hessian of: "the loss"; null where that is clear.</param>
    /// <exception cref="EvaluationException">HessianTooLarge.</exception>
    internal static void RequireHessian(Vector x, string? function = null) => Require(
        "Hessian", FormattableString.Invariant($"The Hessian{(function is null ? "" : $" of {function}")} in {x.Count:N0} variables"),
        x.Count, x.Count, WithFactors, "Use Invoke-Lbfgs or Invoke-TrustRegion, which need none", x);

    /// <summary>Does nothing where a Jacobian fits.</summary>
    /// <param name="x">The point, n components.</param>
    /// <param name="y">The outputs, m components.</param>
    /// <param name="factorised">True where it will be factorised.</param>
    /// <exception cref="EvaluationException">JacobianTooLarge.</exception>
    internal static void RequireJacobian(Vector x, Vector y, bool factorised)
    {
        const string Instead = "Use Invoke-Lbfgs with a function that can be traced, which needs none";
        var what = FormattableString.Invariant($"The Jacobian of {y.Count:N0} outputs in {x.Count:N0} variables");
        Require("Jacobian", what, y.Count, x.Count, factorised ? WithFactors : 1, Instead, x);
        if (!factorised || (long)x.Count * y.Count <= LargestFactorised) return;
        throw new EvaluationException(
            "JacobianTooLarge", FormattableString.Invariant(
                $"{what} is dense and too large to factorise: {LargestFactorised:N0} entries are the most. {Instead}."), x)
        {
            EndsRun = true,
        };
    }

    static void Require(string kind, string what, long rows, long columns, int copies, string instead, Vector x)
    {
        var entries = rows * columns;
        if (entries <= Small) return;
        var bytes = (double)sizeof(double) * entries * copies;
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (entries <= Array.MaxLength && bytes <= available) return;
        throw new EvaluationException(
            $"{kind}TooLarge", FormattableString.Invariant($"{what} takes {bytes / 1e9:G3} GB{(copies > 1 ? " with its factors" : "")}; ")
            + (bytes > available ? FormattableString.Invariant($"there are {available / 1e9:G3} GB")
                : FormattableString.Invariant($"an array holds {Array.MaxLength:N0} numbers")) + $". {instead}.", x)
        {
            EndsRun = true,
        };
    }
}
