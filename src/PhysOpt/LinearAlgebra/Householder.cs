namespace PhysOpt.LinearAlgebra;

/// <summary>
/// Reflections I - t v v' that take a vector to a multiple of the first unit vector. Householder (1958); Golub and Van Loan (2013),
/// section 5.1.
/// </summary>
internal static class Householder
{
    /// <summary>Replaces x by v.</summary>
    /// <param name="x">x; v afterwards, whose first component is between 1 and 2 in size.</param>
    /// <returns>What the first component of the reflected x is, whose others are 0; and t, which is 0 where x is 0.</returns>
    internal static (double First, double Factor) Of(Span<double> x)
    {
        var length = SpanKernel.Norm(x);
        if (!double.IsFinite(1 / length)) return (0, 0); // next to nothing is taken for nothing
        SpanKernel.Scale(1 / length, x, x);
        var size = 1 + double.Abs(x[0]);
        var first = x[0] < 0 ? length : -length;
        x[0] += x[0] < 0 ? -1 : 1;
        return (first, 1 / size);
    }

    /// <summary>Replaces b by (I - t v v') b.</summary>
    internal static void Reflect(ReadOnlySpan<double> v, double factor, Span<double> b)
    {
        if (factor != 0) SpanKernel.Combine(1, b, -factor * SpanKernel.Dot(v, b), v, b);
    }
}
