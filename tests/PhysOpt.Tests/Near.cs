namespace PhysOpt.Tests;

/// <summary>Assertions on numbers that are equal but for rounding.</summary>
internal static class Near
{
    /// <summary>|actual - expected| is at most tolerance |expected|.</summary>
    internal static void Relative(double expected, double actual, double tolerance, string what = "value") => Assert.True(
        double.Abs(actual - expected) <= tolerance * double.Abs(expected),
        FormattableString.Invariant(
            $"{what}: expected {expected:R}, was {actual:R}, relative error {double.Abs(actual / expected - 1):G3} above {tolerance:G3}"));

    /// <summary>Every component is within tolerance relative to itself.</summary>
    internal static void Relative(Vector expected, Vector actual, double tolerance, string what = "component")
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++) Relative(expected[i], actual[i], tolerance, $"{what} [{i}]");
    }

    /// <summary>|actual - expected| is at most the given distance.</summary>
    internal static void Absolute(double expected, double actual, double distance, string what = "value") => Assert.True(
        double.Abs(actual - expected) <= distance,
        FormattableString.Invariant(
            $"{what}: expected {expected:R}, was {actual:R}, error {double.Abs(actual - expected):G3} above {distance:G3}"));

    /// <summary>Every component is within the given distance.</summary>
    internal static void Absolute(Vector expected, Vector actual, double distance, string what = "component")
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++) Absolute(expected[i], actual[i], distance, $"{what} [{i}]");
    }

    internal static void Absolute(Matrix expected, Matrix actual, double distance, string what = "entry")
    {
        Assert.Equal((expected.RowCount, expected.ColumnCount), (actual.RowCount, actual.ColumnCount));
        for (var i = 0; i < expected.RowCount; i++) Absolute(expected.Row(i), actual.Row(i), distance, $"{what} of row {i}");
    }
}
