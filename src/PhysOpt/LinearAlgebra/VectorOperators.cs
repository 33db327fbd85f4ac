namespace PhysOpt.LinearAlgebra;

/// <summary>The arithmetic of vectors for C#, as extension operators, which PowerShell does not see.</summary>
public static class VectorOperators
{
    extension(Vector)
    {
        /// <summary>a + b, componentwise.</summary>
        public static Vector operator +(Vector a, Vector b) => Combine(1, a, 1, b);

        /// <summary>a - b, componentwise.</summary>
        public static Vector operator -(Vector a, Vector b) => Combine(1, a, -1, b);

        /// <summary>-a.</summary>
        public static Vector operator -(Vector a) => -1 * a;

        /// <summary>s a.</summary>
        public static Vector operator *(double s, Vector a)
        {
            var to = GC.AllocateUninitializedArray<double>(a.Count);
            SpanKernel.Scale(s, a.AsSpan(), to);
            return Vector.Wrap(to);
        }
    }

    /// <summary>a + s b in one pass: the step x + alpha d of every line search.</summary>
    public static Vector AddScaled(this Vector a, double s, Vector b) => Combine(1, a, s, b);

    /// <summary>The vector of f(a_i, b_i).</summary>
    public static Vector Zip(this Vector a, Vector b, Func<double, double, double> f)
    {
        RequireSameLength(a, b);
        var to = new double[a.Count];
        for (var i = 0; i < to.Length; i++) to[i] = f(a[i], b[i]);
        return Vector.Wrap(to);
    }

    /// <summary>The sum of |a b|.</summary>
    internal static double AbsoluteDot(this Vector a, Vector b) => SpanKernel.AbsoluteDot(a.AsSpan(), b.AsSpan());

    /// <summary>The nearest point between the bounds, componentwise; a bound that is null does not bind.</summary>
    public static Vector Clamp(this Vector x, Vector? lower, Vector? upper)
    {
        if (lower is null && upper is null) return x;
        var to = x.ToArray();
        for (var i = 0; i < to.Length; i++)
        {
            if (lower is not null) to[i] = double.Max(to[i], lower[i]);
            if (upper is not null) to[i] = double.Min(to[i], upper[i]);
        }

        return Vector.Wrap(to);
    }

    internal static void RequireSameLength(Vector a, Vector b)
    {
        ArgumentNullException.ThrowIfNull(b);
        if (a.Count != b.Count) throw new ArgumentException(
            $"The vectors have {a.Count} and {b.Count} components; they must have the same number.");
    }

    /// <summary>s a + t b in one pass.</summary>
    internal static Vector Combine(double s, Vector a, double t, Vector b)
    {
        RequireSameLength(a, b);
        var to = GC.AllocateUninitializedArray<double>(a.Count);
        SpanKernel.Combine(s, a.AsSpan(), t, b.AsSpan(), to);
        return Vector.Wrap(to);
    }
}
