using PhysOpt.Tracing;
using PhysOpt.Tracing.Recording;
using PhysOpt.Tracing.Running;

using static PhysOpt.Tests.Tracing.Traces;

namespace PhysOpt.Tests.Tracing;

public class RecorderTests
{
    [Fact]
    public void Numbers_of_all_kinds_meet_a_traced_number_on_either_side()
    {
        var x = new Recorder([8.0]).Inputs[0];
        Assert.Equal([10, 10, 10, 10, 10, 10], Values(x + 2, 2 + x, x + 2L, 2L + x, x + 2m, 2m + x));
        Assert.Equal([6, -6, 6, -6, 6.5, -6.5], Values(x - 2, 2 - x, x - 2L, 2L - x, x - 1.5m, 1.5m - x));
        Assert.Equal([16, 16, 16, 16, 12, 12], Values(x * 2, 2 * x, x * 2L, 2L * x, x * 1.5m, 1.5m * x));
        Assert.Equal([4, 0.25, 4, 0.25, 16, 0.0625], Values(x / 2, 2 / x, x / 2L, 2L / x, x / 0.5m, 0.5m / x));
        Assert.Equal([2, 3, 2, 3, 0.5, 1.5], Values(x % 3, 3 % x, x % 3L, 3L % x, x % 2.5m, 1.5m % x));
        Assert.Equal([10.5, 10.5, 6f], Values(x + 2.5, 2.5 + x, x - 2f));

        static double[] Values(params TracedNumber[] numbers) => [.. numbers.Select(number => number.Value)];
    }

    [Fact]
    public void A_traced_number_offers_nothing_that_would_make_it_a_plain_one_or_a_collection()
    {
        var type = typeof(TracedNumber);
        Assert.DoesNotContain(type.GetMethods(), method => method.Name is "op_Implicit" or "op_Explicit" && method.ReturnType != type);
        Assert.False(typeof(System.Collections.IEnumerable).IsAssignableFrom(type));
        Assert.False(typeof(IConvertible).IsAssignableFrom(type));
        Assert.Empty(type.GetProperties());
        Assert.Empty(type.GetConstructors());
    }

    [Fact]
    public void Text_shows_the_expression_and_is_no_number()
    {
        var x = new Recorder([1.0, 2.0]).Inputs;
        Assert.Equal("traced(x0)", x[0].ToString());
        Assert.Equal("traced(100*(x1 - x0*x0))", (100 * (x[1] - x[0] * x[0])).ToString());
        Assert.Equal("traced(x0 - (x1 - 2))", (x[0] - (x[1] - 2)).ToString());
        Assert.Equal("traced(-Sin(x0/1.5))", (-Math.Sin(x[0] / 1.5)).ToString());
        Assert.Contains("...", x.Concat(x).Concat(x).Aggregate((a, b) => Math.Sin(a * b)).ToString());
        Assert.False(double.TryParse((x[0] - x[0]).ToString(), out _));
    }

    [Fact]
    public void Comparisons_answer_from_the_traced_point_and_leave_guards()
    {
        var recorder = new Recorder([1.0, 2.0]);
        var (x, y) = (recorder.Inputs[0], recorder.Inputs[1]);
        Assert.True(x < y);
        Assert.True(x.CompareTo(0.5) > 0);
        Assert.Equal(0, y.CompareTo(2));
        Assert.True(y.Equals(2L));
        Assert.False(x.Equals(2m));
        Assert.True(x != y);
        Assert.False(x.Equals("1"));
        Assert.False(x.Equals(null));
        Assert.Equal(
            [Relation.Less, Relation.Greater, Relation.Equal, Relation.Unequal, Relation.Unequal],
            recorder.Guards.Select(guard => guard.Relation));
    }

    [Fact]
    public void A_plain_number_in_the_guise_of_a_traced_one_is_the_constant_it_was()
    {
        var recorder = new Recorder([1.0]);
        var (x, two) = (recorder.Inputs[0], (TracedNumber)2);
        Assert.True(x < two);
        Assert.True(two > x);
        Assert.False(x == two);
        Assert.Equal((x + 2).Node, (x + two).Node);
        Assert.Equal([Relation.Less, Relation.Greater, Relation.Unequal], recorder.Guards.Select(guard => guard.Relation));
        Assert.Equal(8.0, Math.Pow(two, 3).Value);
        Assert.Equal(-1.5, (-(TracedNumber)1.5m).Value);
        Assert.True(two.Equals(2L));
        Assert.True((TracedNumber)3L > two);
        Assert.Equal("traced(2)", two.ToString());
        Assert.Equal([2.0, 3.0], Record(i => new object?[] { two, i[0] * two + 1 }, 1.0).Evaluate(1));
    }

    [Fact]
    public void The_same_comparison_is_guarded_once_and_one_of_constants_not_at_all()
    {
        var recorder = new Recorder([1.0]);
        for (var i = 0; i < 10; i++) _ = recorder.Inputs[0].CompareTo(3);
        _ = recorder.Constant(3).CompareTo(4);
        Assert.Single(recorder.Guards);
    }

    [Fact]
    public void Guards_say_where_a_record_holds()
    {
        var tape = new Tape(Record(i => i[0].CompareTo(2) < 0 ? i[0] * 10 : i[0], 1.0));
        var value = new double[1];
        Assert.True(tape.Evaluate([1.9], value));
        Assert.Equal(19.0, value[0]);
        Assert.False(tape.Evaluate([2.0], value));
        Assert.False(tape.Evaluate([double.NaN], value));
    }

    [Fact]
    public void What_a_guard_compares_outlives_the_computation_after_it()
    {
        var tape = new Tape(Record(i =>
        {
            var square = i[0] * i[0];
            _ = square.CompareTo(4) < 0;
            return Enumerable.Range(1, 20).Aggregate(square, (sum, k) => Math.Abs(Math.Sin(sum)) + k + 4);
        }, 1.0));
        Assert.True(tape.Evaluate([1.9], new double[1]));
        Assert.False(tape.Evaluate([2.1], new double[1]));
    }

    [Fact]
    public void A_clamp_is_guarded_against_bounds_that_cross()
    {
        var tape = new Tape(Record(i => Math.Clamp(i[0], i[1], i[2]), 1, 2, 3));
        Assert.True(tape.Evaluate([9, 2, 4], new double[1]));
        Assert.False(tape.Evaluate([9, 4, 2], new double[1]));
        Assert.Empty(Record(i => Math.Clamp(i[0], (TracedNumber)2, (TracedNumber)3), 1.0).Guards);
        Assert.Throws<ArgumentException>(() => Record(i => Math.Clamp(i[0], (TracedNumber)3, (TracedNumber)2), 1.0));
        foreach (var clamped in (Func<TracedNumber[], TracedNumber>[])
            [i => Math.Clamp(i[0], i[1], (TracedNumber)3), i => Math.Clamp(i[0], (TracedNumber)2, i[2]), i =>
                Math.Clamp((TracedNumber)1, i[1], i[2]),
                i => Math.Clamp((TracedNumber)1, i[1], (TracedNumber)3), i => Math.Clamp((TracedNumber)1, (TracedNumber)2, i[2])])
        {
            Assert.Equal(2.0, Record(clamped, 1, 2, 3).Evaluate(1, 2, 3)[0]);
        }
    }

    [Fact]
    public void A_sign_of_NaN_is_refused_as_System_Math_does() =>
        Assert.Throws<ArithmeticException>(() => Record(i => Math.Sign(i[0]), double.NaN));

    [Fact]
    public void Comparing_with_NaN_or_with_something_else_is_refused()
    {
        var x = new Recorder([1.0]).Inputs[0];
        Assert.Equal("TraceComparedNaN", Assert.Throws<TracingException>(() => x.CompareTo(double.NaN)).ErrorId);
        Assert.Equal("TraceNotComparable", Assert.Throws<TracingException>(() => x.CompareTo("1")).ErrorId);
        Assert.Equal("TraceNotComparable", Assert.Throws<TracingException>(() => x.CompareTo((object?)null)).ErrorId);
        Assert.Equal("TraceHashed", Assert.Throws<TracingException>(() => x.GetHashCode()).ErrorId);
    }

    [Fact]
    public void A_number_that_outlives_its_recording_is_refused()
    {
        var first = new Recorder([1.0]);
        var kept = first.Inputs[0];
        var second = new Recorder([1.0]);
        Assert.Equal("TraceForeign", Assert.Throws<TracingException>(() => second.Inputs[0] + kept).ErrorId);
        first.Finish([kept]);
        Assert.Equal("TraceEscaped", Assert.Throws<TracingException>(() => kept + 1).ErrorId);
        Assert.Equal("TraceEscaped", Assert.Throws<TracingException>(() => second.Inputs[0] * kept).ErrorId);
        Assert.Equal("TraceEscaped", Assert.Throws<TracingException>(() => second.Finish([kept])).ErrorId);
        Assert.Equal("TraceEscaped", Assert.Throws<TracingException>(() => first.Finish([])).ErrorId);
    }

    [Fact]
    public void Outputs_that_are_no_numbers_are_refused()
    {
        var thrown = Assert.Throws<TracingException>(() => Record(_ => new object?[] { "five" }, 1.0));
        Assert.Equal("TraceNotNumber", thrown.ErrorId);
        Assert.Contains("'five' (String)", thrown.Message);
        Assert.Throws<TracingException>(() => Record(_ => new object?[] { null }, 1.0));
        Assert.Throws<TracingException>(() => Math.Max(1, (TracedNumber)null!));
    }

    [Fact]
    public void A_recording_that_grows_too_long_ends_readably()
    {
        var recorder = new Recorder([1.0], limit: 1000);
        var sum = recorder.Inputs[0];
        var thrown = Assert.Throws<TracingException>(() =>
        {
            for (var i = 0; i < 10_000; i++) sum = Math.Sin(sum);
        });
        Assert.Equal("TraceTooLong", thrown.ErrorId);
        Assert.Contains("1,000", thrown.Message);
    }
}
