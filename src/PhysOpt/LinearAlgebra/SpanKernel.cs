namespace PhysOpt.LinearAlgebra;

/// <summary>
/// Long sums and combinations of numbers, eight at a time. A sum has the same bits on every machine: term k goes to partial sum k mod 8.
/// </summary>
/// <remarks>
/// Whole groups of eight are left to <see cref="WideKernel"/>, whose methods are compiled when they first run. What is here comes compiled
/// with the module, so that a problem of a few variables never waits for that.
/// </remarks>
internal static class SpanKernel
{
    /// <summary>
    /// How many numbers a sweep over many columns takes at once: few enough that those which all columns are combined with stay in the
    /// nearest cache.
    /// </summary>
    internal const int Block = 1024;

    const int Width = WideKernel.Width;

    /// <summary>a'b.</summary>
    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var (sum, k) = (0.0, 0);
        if (a.Length >= 2 * Width) sum = WideKernel.Dot(a, b, out k);
        for (; k < a.Length; k++) sum += a[k] * b[k];
        return sum;
    }

    /// <summary>Adds the products of two columns with two others: a'c, a'd, b'c, b'd.</summary>
    internal static void AddDots(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c, ReadOnlySpan<double> d, ref double ac, ref double ad,
            ref double bc, ref double bd)
    {
        var k = a.Length >= Width ? WideKernel.AddDots(a, b, c, d, ref ac, ref ad, ref bc, ref bd) : 0;
        for (; k < a.Length; k++)
        {
            ac += a[k] * c[k];
            ad += a[k] * d[k];
            bc += b[k] * c[k];
            bd += b[k] * d[k];
        }
    }

    /// <summary>Adds the products of two columns with three others: a'c, a'd, b'c, b'd as above, and a'e, b'e.</summary>
    internal static void AddDots(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c, ReadOnlySpan<double> d, ReadOnlySpan<double> e,
        ref double ac, ref double ad, ref double bc, ref double bd, ref double ae, ref double be)
    {
        var k = a.Length >= Width ? WideKernel.AddDots(a, b, c, d, e, ref ac, ref ad, ref bc, ref bd, ref ae, ref be) : 0;
        for (; k < a.Length; k++)
        {
            ac += a[k] * c[k];
            ad += a[k] * d[k];
            bc += b[k] * c[k];
            bd += b[k] * d[k];
            ae += a[k] * e[k];
            be += b[k] * e[k];
        }
    }

    /// <summary>to = s a + t b; to may be a or b.</summary>
    internal static void Combine(double s, ReadOnlySpan<double> a, double t, ReadOnlySpan<double> b, Span<double> to)
    {
        var k = to.Length >= Width ? WideKernel.Combine(s, a, t, b, to) : 0;
        for (; k < to.Length; k++) to[k] = s * a[k] + t * b[k];
    }

    /// <summary>a and b become c a + s b and c b - s a.</summary>
    internal static void Rotate(double c, double s, Span<double> a, Span<double> b)
    {
        var k = a.Length >= Width ? WideKernel.Rotate(c, s, a, b) : 0;
        for (; k < a.Length; k++) (a[k], b[k]) = (c * a[k] + s * b[k], c * b[k] - s * a[k]);
    }

    /// <summary>to = s a.</summary>
    internal static void Scale(double s, ReadOnlySpan<double> a, Span<double> to)
    {
        var k = to.Length >= Width ? WideKernel.Scale(s, a, to) : 0;
        for (; k < to.Length; k++) to[k] = s * a[k];
    }

    /// <summary>to += s a + t b.</summary>
    internal static void Add(double s, ReadOnlySpan<double> a, double t, ReadOnlySpan<double> b, Span<double> to)
    {
        var k = to.Length >= Width ? WideKernel.Add(s, a, t, b, to) : 0;
        for (; k < to.Length; k++) to[k] += s * a[k] + t * b[k];
    }

    /// <summary>True when no number is NaN or infinite.</summary>
    internal static bool IsFinite(ReadOnlySpan<double> a)
    {
        var k = 0;
        if (a.Length >= Width && !WideKernel.IsFinite(a, out k)) return false;
        for (; k < a.Length; k++)
        {
            if (!double.IsFinite(a[k])) return false;
        }

        return true;
    }

    /// <summary>c = max(|b|, c), and the sum of |a| c.</summary>
    internal static double SumOfSizes(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c)
    {
        var (sum, k) = (0.0, 0);
        if (a.Length >= Width) sum = WideKernel.SumOfSizes(a, b, c, out k);
        for (; k < a.Length; k++)
        {
            c[k] = double.Max(double.Abs(b[k]), c[k]);
            sum += double.Abs(a[k]) * c[k];
        }

        return sum;
    }

    /// <summary>The sum of |a b|.</summary>
    internal static double AbsoluteDot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var k = 0; k < a.Length; k++) sum += double.Abs(a[k] * b[k]);
        return sum;
    }

    /// <summary>The Euclidean norm, without overflow or underflow on the way.</summary>
    internal static double Norm(ReadOnlySpan<double> a)
    {
        var sum = Dot(a, a);
        if (double.IsNormal(sum)) return double.Sqrt(sum);
        var scale = InfinityNorm(a);
        if (scale == 0 || !double.IsFinite(scale)) return scale;
        sum = 0;
        foreach (var each in a) sum += each / scale * (each / scale);
        return scale * double.Sqrt(sum);
    }

    /// <summary>The largest absolute value; NaN when there is one.</summary>
    internal static double InfinityNorm(ReadOnlySpan<double> a)
    {
        var (largest, k) = (0.0, 0);
        if (a.Length >= Width) largest = WideKernel.InfinityNorm(a, out k);
        for (; k < a.Length; k++) largest = double.Max(largest, double.Abs(a[k]));
        return largest;
    }
}
