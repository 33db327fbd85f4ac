using PhysOpt.Tracing;
using PhysOpt.Tracing.Recording;

using static PhysOpt.Tests.Tracing.Traces;

namespace PhysOpt.Tests.Tracing;

/// <summary>Fields of traced numbers: their record is that of the same arithmetic written out number by number.</summary>
public class TracedFieldTests
{
    const double H = 0.3;

    static readonly double[] Point = [0.4, -1.3, 2.2, 0.7, -0.1];

    /// <summary>The energy of u' and a potential on a ring, in fields.</summary>
    static object Energy(Field u)
    {
        var slope = (u.Roll(-1) - u) / H;
        return ((slope * slope).Sum(), Math.Cos(u).Dot(u)) is (TracedNumber stiff, TracedNumber potential) ? 0.5 * stiff + potential
            : throw new InvalidOperationException();
    }

    [Fact]
    public void The_gradient_through_a_stencil_is_the_one_written_by_hand()
    {
        var gradient = Gradient(x => (TracedNumber)Energy(new Field(x)), Point);
        var n = Point.Length;
        for (var i = 0; i < n; i++)
        {
            var (left, u, right) = (Point[(i + n - 1) % n], Point[i], Point[(i + 1) % n]);
            Close((2 * u - left - right) / (H * H) + System.Math.Cos(u) - u * System.Math.Sin(u), gradient[i], 1e-14, 1);
        }
    }

    [Fact]
    public void Values_are_those_of_plain_fields_bit_for_bit()
    {
        Func<Field, Field>[] functions =
        [
            u => (u.Roll(1) + u.Roll(-1) - 2 * u) / (H * H),
            u => Math.Sin(u) % (1.5 - u),
            u => Math.Max(u, 0) - Math.Min(0.5, u) * Math.Clamp(u, (Field)(-1), (Field)1),
            u => Math.Pow(2, u) / Math.Abs(u) + Math.Log(u * u, 3) - Math.Sign(u),
            u => -u.Slice(1, 3),
            u => 1 / u + u.Roll(2) * new Field(1.0, 2, 3, 4, 5),
        ];
        foreach (var f in functions)
        {
            var traced = Record(x => f(new Field(x)).Elements, Point).Evaluate(Point);
            Assert.Equal(((double[])f(new Field(Point)).ToArray()).Select(BitConverter.DoubleToInt64Bits),
                traced.Select(BitConverter.DoubleToInt64Bits));
        }
    }

    [Fact]
    public void Sums_have_the_values_of_plain_fields_bit_for_bit()
    {
        var w = new Field(0.1, 0.2, 0.3, 0.4, 0.5);
        Func<Field, object>[] functions = [u => u.Sum(), u => u.Mean(), u => u.Dot(w), u => w.Dot(u), u => u.Dot(u), u => u.Norm()];
        foreach (var f in functions)
            Assert.Equal((double)f(new Field(Point)), Record(x => new object?[] { f(new Field(x)) }, Point).Evaluate(Point)[0]);
    }

    [Fact]
    public void The_record_is_as_small_as_the_one_of_single_numbers()
    {
        var (fields, numbers) = (new Recorder(Point), new Recorder(Point));
        _ = Energy(new Field(fields.Inputs));
        TracedNumber? stiff = null, potential = null;
        for (var i = 0; i < Point.Length; i++)
        {
            var x = numbers.Inputs;
            var slope = (x[(i + 1) % x.Length] - x[i]) / H;
            stiff = stiff is null ? slope * slope : stiff + slope * slope;
            potential = potential is null ? Math.Cos(x[i]) * x[i] : potential + Math.Cos(x[i]) * x[i];
        }

        _ = 0.5 * stiff! + potential!;
        Assert.Equal(numbers.Count, fields.Count);
    }

    [Fact]
    public void Plain_and_traced_values_mix_and_each_stays_what_it_is()
    {
        var x = new Recorder([2.0]).Inputs[0];
        var mixed = new Field(new object[] { x, 3 });
        Assert.True(mixed.IsTraced);
        Assert.Equal("traced(x0) 3", mixed.ToString());
        Assert.Equal([typeof(TracedNumber), typeof(double)], mixed.Elements.Select(element => element.GetType()));
        Assert.Equal("traced(2*x0) 6", (2 * mixed).ToString());
        Assert.Equal(3.0, mixed[-1]);
        Assert.IsType<object[]>(mixed.ToArray());
        Assert.False(mixed.Slice(1, 1).IsTraced);
        Assert.Equal("traced(x0) traced(2*x0)", (x * new Field(1.0, 2)).ToString());
        Assert.Equal("traced(x0) traced(2*x0)", (new Field(1.0, 2) * x).ToString());
        Assert.False(new Field((TracedNumber)1, (TracedNumber)2).IsTraced);
    }

    [Fact]
    public void A_traced_number_on_the_left_meets_every_value()
    {
        var x = new Recorder([7.0]).Inputs[0];
        var u = new Field(1.0, 2);
        Assert.Equal("traced(x0 + 1) traced(x0 + 2)", (x + u).ToString());
        Assert.Equal("traced(x0 - 1) traced(x0 - 2)", (x - u).ToString());
        Assert.Equal("traced(x0) traced(x0/2)", (x / u).ToString());
        Assert.Equal("traced(x0%1) traced(x0%2)", (x % u).ToString());
        Assert.Equal("traced(1 - x0) traced(2 - x0)", (u - x).ToString());
        Assert.Equal("traced(-x0)", (0 - new Field(x)).ToString());
    }

    [Fact]
    public void What_a_function_of_a_number_refuses_a_field_of_it_refuses()
    {
        Assert.Throws<ArithmeticException>(() => Math.Sign(new Field(1, double.NaN)));
        Assert.Throws<ArithmeticException>(() => Math.Sign(new Field(new Recorder([double.NaN]).Inputs)));
        Assert.Throws<ArgumentException>(() => Math.Clamp(new Field(1.0, 5), (Field)2, (Field)1));
        Assert.Throws<ArgumentException>(() => Math.Clamp(new Field(new Recorder([1.0]).Inputs), (Field)2, (Field)1));
        Assert.Throws<TracingException>(() => new Field(new Recorder([1.0]).Inputs) + new Field(new Recorder([1.0]).Inputs));
    }
}
