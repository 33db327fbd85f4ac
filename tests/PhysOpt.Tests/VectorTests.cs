using System.Globalization;
using CsCheck;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Tests;

public class VectorTests
{
    static readonly Gen<Vector> Any = Gen.Double.Array[0, 8].Select(values => new Vector(values));

    [Fact]
    public void Text_reads_back_exactly_under_a_German_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone(); // decimal comma, as in de-DE, also where ICU is absent
        (german.NumberFormat.NumberDecimalSeparator, german.NumberFormat.NumberGroupSeparator) = (",", ".");
        try
        {
            Any.Sample(v => { CultureInfo.CurrentCulture = german; return Vector.Parse(v.ToString()).Equals(v); });
            CultureInfo.CurrentCulture = german;
            Assert.Equal("2.94 1.92", new Vector(2.94, 1.92).ToString());
            Assert.Equal("at 2.94 1.92", $"at {new Vector(2.94, 1.92)}");
            Assert.Equal("NaN Infinity -Infinity -0", new Vector(double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0)
                .ToString());
            Assert.Equal(new Vector(2.94, 1.92), Vector.Parse("2.94, 1.92"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void What_is_no_number_is_named() =>
        Assert.Contains("'two'", Assert.Throws<FormatException>(() => Vector.Parse("1 two")).Message, StringComparison.Ordinal);

    [Fact]
    public void Nobody_can_change_it_through_the_arrays_around_it()
    {
        double[] given = [1, 2];
        var v = new Vector(given);
        given[0] = 9;
        v.ToArray()[1] = 9;
        Assert.Equal([1.0, 2.0], v);
    }

    [Fact]
    public void Equality_goes_by_components_and_agrees_with_the_hash()
    {
        Any.Sample(v => v.Equals(new Vector(v.ToArray())) && v.GetHashCode() == new Vector(v.ToArray()).GetHashCode());
        Assert.Equal(new Vector(double.NaN), new Vector(double.NaN));
        Assert.NotEqual(new Vector(1, 2), new Vector(2, 1));
        Assert.NotEqual(new Vector(1, 2), new Vector(1, 2, 0));
    }

    [Theory]
    [InlineData(1e200)]
    [InlineData(1e-200)]
    [InlineData(1e308)]
    [InlineData(5e-324)]
    [InlineData(1)]
    public void The_norm_neither_overflows_nor_underflows(double scale)
    {
        if (scale < 1e300) Near.Relative(5 * scale, new Vector(3 * scale, -4 * scale).Norm, scale == 5e-324 ? 0 : 4e-16);
        Assert.Equal(scale, new Vector(0, scale).Norm);
        Assert.Equal(scale, new Vector(0, -scale).InfinityNorm);
    }

    [Fact]
    public void Norms_pass_on_what_is_not_finite()
    {
        Assert.True(double.IsNaN(new Vector(1, double.NaN, double.PositiveInfinity).Norm));
        Assert.True(double.IsNaN(new Vector(1, double.NaN, 2).InfinityNorm));
        Assert.Equal(double.PositiveInfinity, new Vector(1, double.NegativeInfinity).Norm);
        Assert.False(new Vector(1, double.NaN).IsFinite);
        Assert.False(new Vector(1, double.NegativeInfinity).IsFinite);
        Assert.True(new Vector(1, double.MaxValue).IsFinite);
        Assert.Equal(0, Vector.Zero(3).Norm);
    }

    [Fact]
    public void Negative_indexes_count_from_the_end()
    {
        var v = new Vector(1, 2, 3);
        Assert.Equal((3, 1, 1), (v[-1], v[-3], v[0]));
        Assert.Throws<IndexOutOfRangeException>(() => v[3]);
        Assert.Throws<IndexOutOfRangeException>(() => v[-4]);
    }

    [Fact]
    public void Arithmetic_is_componentwise()
    {
        var (a, b) = (new Vector(1, 2), new Vector(10, 20));
        Assert.Equal(new Vector(11, 22), a + b);
        Assert.Equal(new Vector(-9, -18), a - b);
        Assert.Equal(new Vector(-1, -2), -a);
        Assert.Equal(new Vector(3, 6), 3 * a);
        Assert.Equal(new Vector(6, 12), a.AddScaled(0.5, b));
        Assert.Equal(50, a.Dot(b));
        Assert.Equal(new Vector(2, 5), new Vector(1, 7).Clamp(new Vector(2, 2), new Vector(5, 5)));
        Assert.Throws<ArgumentException>(() => a + new Vector(1));
        Assert.Throws<ArgumentException>(() => a.Dot(new Vector(1, 2, 3)));
    }
}
