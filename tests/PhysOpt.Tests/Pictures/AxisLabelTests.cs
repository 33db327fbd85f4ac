using System.Globalization;
using CsCheck;
using PhysOpt.Pictures;

namespace PhysOpt.Tests.Pictures;

/// <summary>What stands at the ticks of an axis.</summary>
public class AxisLabelTests
{
    /// <summary>
    /// Ticks at whole multiples of 1, 2 or 5 times a power of ten, as far from zero as numbers can still tell them apart.
    /// </summary>
    static readonly Gen<(double Step, double First)> Axes = Gen.Select(
        Gen.Int[0, 2].Select(i => new[] { 1.0, 2, 5 }[i]), Gen.Int[-200, 200], Gen.Double[-1e8, 1e8], (digit, exponent, offset) =>
        (digit * double.Pow(10, exponent), double.Round(offset) * digit * double.Pow(10, exponent)));

    [Fact]
    public void Neighbours_have_different_labels_and_each_is_its_value() => Axes.Sample(axis =>
    {
        var ticks = Enumerable.Range(0, 6).Select(k => axis.First + k * axis.Step).ToList();
        var label = AxisLabels.Between(ticks[0], ticks[^1], axis.Step);
        Assert.Equal(6, ticks.Select(label).Distinct().Count());
        Assert.All(ticks, tick => Assert.Equal(tick, double.Parse(label(tick), CultureInfo.InvariantCulture), 0.11 * axis.Step));
    });

    [Theory]
    [InlineData(0, 3, 0.5, 2.5, "2.5")]
    [InlineData(0, 5000, 1000, 3000, "3000")]
    [InlineData(-1, 1, 0.2, -1.3877787807814457E-17, "0")]
    [InlineData(0, 0.001, 0.0002, 0.0006000000000000001, "0.0006")]
    [InlineData(0, 3e-9, 1e-9, 2e-9, "2E-9")]
    [InlineData(0, 3e6, 1e6, 2e6, "2E+6")]
    public void Labels_are_short(double from, double to, double step, double value, string label) =>
        Assert.Equal(label, AxisLabels.Between(from, to, step)(value));
}
