using CsCheck;

namespace PhysOpt.Tests;

public class FieldTests
{
    static readonly double[] Odd = [0.0, -0.0, 1, double.NaN, double.PositiveInfinity, 5e-324, 1e300];

    static readonly Gen<double> Number = Gen.OneOf(Gen.Double[-100, 100], Gen.Int[0, Odd.Length - 1].Select(i => Odd[i]));

    static readonly Gen<double[]> Numbers = Number.Array[1, 12];

    static readonly Gen<(double[] A, double[] B)> Pairs = Gen.Int[1, 12].SelectMany(n => Gen.Select(Number.Array[n], Number.Array[n]));

    static double[] Values(Field field) => (double[])field.ToArray();

    static bool Same(Field field, IEnumerable<double> expected) =>
        Values(field).Select(BitConverter.DoubleToInt64Bits).SequenceEqual(expected.Select(BitConverter.DoubleToInt64Bits));

    [Fact]
    public void Operations_on_fields_are_those_on_their_values() => Pairs.Sample((a, b) =>
    {
        var (u, v) = (new Field(a), new Field(b));
        return Same(u + v, a.Zip(b, (x, y) => x + y))
            && Same(u - v, a.Zip(b, (x, y) => x - y))
            && Same(u * v, a.Zip(b, (x, y) => x * y))
            && Same(u / v, a.Zip(b, (x, y) => x / y))
            && Same(u % v, a.Zip(b, (x, y) => x % y))
            && Same(-u, a.Select(x => -x));
    });

    [Fact]
    public void A_number_meets_every_value_on_either_side() => Gen.Select(Numbers, Number).Sample((a, s) =>
    {
        var u = new Field(a);
        return Same(u + s, a.Select(x => x + s)) && Same(s + u, a.Select(x => s + x))
            && Same(u - s, a.Select(x => x - s)) && Same(s - u, a.Select(x => s - x))
            && Same(u * s, a.Select(x => x * s)) && Same(s * u, a.Select(x => s * x))
            && Same(u / s, a.Select(x => x / s)) && Same(s / u, a.Select(x => s / x))
            && Same(u % s, a.Select(x => x % s)) && Same(s % u, a.Select(x => s % x));
    });

    [Fact]
    public void A_whole_zero_minus_a_field_is_its_negative_and_any_other_number_minus_it_a_difference()
    {
        var zero = new Field(0.0);
        Assert.True(double.IsNegative((double)(0 - zero)[0]));
        Assert.False(double.IsNegative((double)(0.0 - zero)[0]));
        Assert.Equal(3.0, (3 - zero)[0]);
    }

    [Fact]
    public void Rolling_back_undoes_rolling_and_element_i_was_element_i_minus_k() =>
        Gen.Select(Numbers, Gen.OneOf(Gen.Int[-30, 30], Gen.Int)).Sample((a, k) =>
    {
        var (u, n) = (new Field(a), a.Length);
        var rolled = u.Roll(k);
        return (k == int.MinValue || Same(rolled.Roll(-k), a))
            && Same(rolled, Enumerable.Range(0, n).Select(i => a[(int)((((long)i - k) % n + n) % n)]));
    });

    [Fact]
    public void Sums_add_from_the_first_to_the_last() => Pairs.Sample((a, b) =>
    {
        var (u, v) = (new Field(a), new Field(b));
        var (sum, dot) = (a.Skip(1).Aggregate(a[0], (s, x) => s + x), a.Zip(b, (x, y) => x * y).Aggregate((s, x) => s + x));
        return sum.Equals(u.Sum()) && (sum / a.Length).Equals(u.Mean()) && dot.Equals(u.Dot(v)) && u.Dot(v).Equals(v.Dot(u))
            && System.Math.Sqrt((double)u.Dot(u)).Equals(u.Norm());
    });

    [Fact]
    public void Slices_and_indexes_count_from_either_end()
    {
        var u = new Field(1.0, 2, 4, 8);
        Assert.Equal("2 4", u.Slice(1, 2).ToString());
        Assert.Equal("4 8", u.Slice(-2, 2).ToString());
        Assert.Equal(u.ToString(), u.Slice(0, 4).ToString());
        Assert.Equal((1.0, 8.0, 8.0, 1.0), (u[0], u[3], u[-1], u[-4]));
        Assert.Equal((4, 4), (u.Count, u.Length));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(-5)]
    public void An_index_that_is_not_there_is_refused(int index)
    {
        var u = new Field(1.0, 2, 4, 8);
        Assert.Contains($"A field of 4 values has none at {index}", Assert.Throws<ArgumentOutOfRangeException>(() => u[index]).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => u.Slice(index, 1));
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(-2, 3)]
    [InlineData(0, 0)]
    [InlineData(2, -1)]
    [InlineData(1, int.MaxValue)]
    public void A_slice_that_is_not_there_is_refused(int start, int count) =>
        Assert.Contains("values to take", Assert.Throws<ArgumentOutOfRangeException>(() => new Field(1.0, 2, 4, 8).Slice(start, count))
            .Message, StringComparison.Ordinal);

    [Fact]
    public void Fields_of_different_lengths_do_not_meet()
    {
        var (u, v) = (new Field(1.0, 2, 3), new Field(1.0, 2));
        Action[] meetings = [() => _ = u + v, () => _ = v * u, () => u.Dot(v), () => Math.Max(u, v), () => Math.Clamp(u, (Field)0, v), () =>
            Math.Clamp((Field)0, u, v), () => Math.Log(v, u)];
        foreach (var meeting in meetings)
            Assert.Matches("have (3 and 2|2 and 3) values", Assert.Throws<ArgumentException>(meeting).Message);
        Assert.Throws<ArgumentException>(() => u + new Field(1.0)); // a field of one value is no number
    }

    [Fact]
    public void A_field_of_nothing_or_of_something_else_is_refused()
    {
        Assert.Contains("at least one number", Assert.Throws<ArgumentException>(() => new Field(Array.Empty<double>())).Message,
            StringComparison.Ordinal);
        Assert.Contains("at least one number", Assert.Throws<ArgumentException>(() => new Field(new List<double>())).Message,
            StringComparison.Ordinal);
        Assert.Contains("number 1 of 2 is 'two' (String)", Assert.Throws<ArgumentException>(() => new Field(new object[] { 1, "two" }))
            .Message, StringComparison.Ordinal);
        Assert.Contains("number 0 of 1 is nothing (null)", Assert.Throws<ArgumentException>(() => new Field(new object?[] { null }))
            .Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => new Field((Field)null!));
        Assert.Throws<ArgumentNullException>(() => new Field(1.0) + (Field)null!);
    }

    [Fact]
    public void A_field_is_made_of_numbers_of_any_type_in_any_list()
    {
        Assert.Equal("1 2 3 4 5 6 7", new Field(new object[] { 1, 2L, 3m, 4f, 5.0, (byte)6, (Half)7 }).ToString());
        Assert.Equal("1 2", new Field(new List<int> { 1, 2 }).ToString());
        Assert.Equal("1 2", new Field(new Vector(1, 2)).ToString());
        Assert.Equal("5 5 5 5", string.Join(' ', (Field)5, (Field)5L, (Field)5.0, new Field((Field)5)));
    }

    [Fact]
    public void A_field_does_not_change_with_the_arrays_around_it()
    {
        double[] values = [1, 2];
        var u = new Field(values);
        values[0] = 9;
        ((double[])u.ToArray())[1] = 9;
        Assert.Equal("1 2", u.ToString());
    }

    [Fact]
    public void A_field_is_no_list_has_no_order_and_equals_itself_alone()
    {
        var (u, v) = (new Field(1.0), new Field(1.0));
        Assert.False(typeof(System.Collections.IEnumerable).IsAssignableFrom(typeof(Field)));
        Assert.True(u.Equals(u));
        Assert.False(u.Equals(v));
        Assert.Contains("$u.Sum()", Assert.Throws<NotSupportedException>(() => u.CompareTo(v)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_is_exact_and_the_same_in_every_culture()
    {
        var before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal("0.1 -2.5E-300 0.30000000000000004", new Field(0.1, -2.5e-300, 0.1 + 0.2).ToString());
            Assert.Equal("0.33", new Field(1.0 / 3).ToString("G2", null));
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }
}
