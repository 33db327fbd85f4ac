namespace PhysOpt.Functions;

/// <summary>By how much the values of a function are in error, seen from how they scatter over a short distance.</summary>
/// <remarks>
/// Over a distance that is short enough, the k-th difference of a smooth function is nothing but that of its errors. For errors of standard
/// deviation s its mean square is s^2 (2k)!/(k!)^2. More and Wild (2011), "Estimating computational noise", SIAM J. Sci. Comput. 33:1292.
/// </remarks>
internal static class ValueNoise
{
    /// <summary>The number of equidistant values that are looked at.</summary>
    internal const int Count = 7;

    const int LowestOrder = 4;

    /// <summary>
    /// The standard deviation of the errors; null where the values are not finite, or hardly change over the distance, which is then too
    /// short.
    /// </summary>
    /// <param name="values">Values at equidistant points.</param>
    internal static double? Estimate(double[] values)
    {
        if (!values.All(double.IsFinite) || values.Zip(values.Skip(1)).Count(pair => pair.First == pair.Second) * 2 >= values.Length - 1)
            return null;
        var differences = values;
        var (largest, scale) = (0.0, 1.0);
        for (var k = 1; k < values.Length; k++)
        {
            differences = [.. differences.Skip(1).Zip(differences, (next, one) => next - one)];
            scale *= k / (2.0 * (2 * k - 1)); // (k!)^2 / (2k)!
            if (k >= LowestOrder) largest = double.Max(largest, scale * differences.Sum(each => each * each) / differences.Length);
        }

        return double.Sqrt(largest);
    }
}
