using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.DerivativeFree;

/// <summary>
/// The quadratic model through the points of a set: its gradient at x_opt, and its Hessian G + sum_k p_k x_k x_k', of which each update
/// changes as little as it can, in the Frobenius norm.
/// </summary>
/// <remarks>Powell (2004, 2006), as for <see cref="InterpolationSet"/>. O(m n) per product, O(m^2) per update.</remarks>
/// <param name="set">The points.</param>
internal sealed class InterpolationModel(InterpolationSet set)
{
    readonly int n = set.Dimension;
    readonly double[] hessian = new double[set.Dimension * set.Dimension], implicitPart = new double[set.Count];
    readonly double[] differences = new double[set.Count], coefficients = new double[set.Count], alternative = new double[set.Dimension];
    readonly double[] product = new double[set.Dimension];

    /// <summary>The gradient at x_opt.</summary>
    internal double[] Gradient { get; } = new double[set.Dimension];

    /// <summary>to = H v.</summary>
    internal void Multiply(ReadOnlySpan<double> v, Span<double> to)
    {
        for (var i = 0; i < n; i++) to[i] = SpanKernel.Dot(Row(i), v);
        AddImplicit(implicitPart, v, to);
    }

    /// <summary>The curvature along axis i.</summary>
    internal double Curvature(int i)
    {
        var sum = hessian[i * n + i];
        for (var k = 0; k < set.Count; k++) sum += implicitPart[k] * set.Point(k)[i] * set.Point(k)[i];
        return sum;
    }

    /// <summary>The change of the model from x_opt to x_opt + d.</summary>
    internal double Change(ReadOnlySpan<double> d)
    {
        Multiply(d, product);
        return SpanKernel.Dot(d, Gradient) + SpanKernel.Dot(d, product) / 2;
    }

    /// <summary>The model of a fresh set, of parabolas along the axes, at x_opt.</summary>
    internal void Reset()
    {
        Array.Clear(hessian);
        Array.Clear(implicitPart);
        for (var i = 0; i < n; i++)
        {
            var (first, second) = (1 + i, 1 + n + i);
            var (a, b) = (set.Point(first)[i], set.Point(second)[i]);
            var (slopeA, slopeB) = ((set.Values[first] - set.Values[0]) / a, (set.Values[second] - set.Values[0]) / b);
            Gradient[i] = (b * slopeA - a * slopeB) / (b - a);
            hessian[i * n + i] = 2 * (slopeB - slopeA) / (b - a);
        }

        Multiply(set.Optimum, product);
        SpanKernel.Combine(1, Gradient, 1, product, Gradient);
    }

    /// <summary>Point t is about to be moved: what it gives to the Hessian becomes explicit.</summary>
    internal void Release(int t)
    {
        AddSquare(implicitPart[t], set.Point(t));
        implicitPart[t] = 0;
    }

    /// <summary>Adds a multiple of Lagrange function t of the moved set, by which the model misses the value there.</summary>
    internal void Correct(int t, double difference)
    {
        Array.Clear(coefficients);
        set.AddColumn(t, difference, coefficients);
        SpanKernel.Combine(1, implicitPart, 1, coefficients, implicitPart);
        SpanKernel.Combine(1, Gradient, difference, set.GradientAtOrigin(t), Gradient);
        AddImplicit(coefficients, set.Optimum, Gradient);
    }

    /// <summary>x_opt moves by d.</summary>
    internal void Move(ReadOnlySpan<double> d)
    {
        Multiply(d, product);
        SpanKernel.Combine(1, Gradient, 1, product, Gradient);
    }

    /// <summary>The origin is about to move to x_opt: the Hessian stays the same.</summary>
    internal void Recentre()
    {
        var shift = set.Optimum;
        var v = product.AsSpan(); // sum p_k (x_k - s / 2)
        v.Clear();
        for (var k = 0; k < set.Count; k++) SpanKernel.Add(implicitPart[k], set.Point(k), -0.5 * implicitPart[k], shift, v);
        for (var i = 0; i < n; i++) SpanKernel.Add(v[i], shift, shift[i], v, Row(i));
    }

    /// <summary>The same model in other units of the variables; its Hessian is explicit.</summary>
    /// <param name="factors">New units in old ones, n numbers.</param>
    internal void Rescale(ReadOnlySpan<double> factors)
    {
        for (var i = 0; i < n; i++)
        {
            Gradient[i] *= factors[i];
            for (var j = 0; j < n; j++) hessian[i * n + j] *= factors[i] * factors[j];
        }
    }

    /// <summary>All of the Hessian becomes explicit, before the points change.</summary>
    internal void ReleaseAll()
    {
        for (var k = 0; k < set.Count; k++) Release(k);
    }

    /// <summary>
    /// The gradient at x_opt of the interpolant whose own Hessian is least in the Frobenius norm. Powell (2006).
    /// </summary>
    internal ReadOnlySpan<double> GradientOfAlternative()
    {
        var best = set.Values[set.Best];
        for (var k = 0; k < set.Count; k++) differences[k] = set.Values[k] - best;
        set.Multiply(differences, coefficients);
        Array.Clear(alternative);
        for (var k = 0; k < set.Count; k++)
            SpanKernel.Add(differences[k], set.GradientAtOrigin(k), 0, set.GradientAtOrigin(k), alternative);
        AddImplicit(coefficients, set.Optimum, alternative);
        return alternative;
    }

    /// <summary>Takes that interpolant for the model.</summary>
    internal void TakeAlternative()
    {
        alternative.CopyTo(Gradient, 0);
        coefficients.CopyTo(implicitPart, 0);
        Array.Clear(hessian);
    }

    Span<double> Row(int i) => hessian.AsSpan(i * n, n);

    void AddSquare(double s, ReadOnlySpan<double> v)
    {
        if (s == 0) return;
        for (var i = 0; i < n; i++) SpanKernel.Add(s * v[i], v, 0, v, Row(i));
    }

    void AddImplicit(ReadOnlySpan<double> p, ReadOnlySpan<double> v, Span<double> to)
    {
        for (var k = 0; k < set.Count; k++)
        {
            if (p[k] != 0) SpanKernel.Add(p[k] * SpanKernel.Dot(set.Point(k), v), set.Point(k), 0, v, to);
        }
    }
}
