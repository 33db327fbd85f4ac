using CsCheck;
using PhysOpt.Functions;

namespace PhysOpt.Tests;

/// <summary>When the function itself is asked between start and end, by a clock that the tests move.</summary>
public class ConfirmationScheduleTests
{
    static TimeSpan Milliseconds(double count) => TimeSpan.FromMilliseconds(count);

    /// <summary>The iterations at which it was asked, where an iteration and a call take so long.</summary>
    static List<int> Asked(int iterations, double iteration, double call, Func<int, int>? recordings = null)
    {
        var now = TimeSpan.Zero;
        var schedule = new ConfirmationSchedule(() => now);
        schedule.Timed(Ask, isBetween: false, recordings?.Invoke(0));
        var asked = new List<int>();
        for (var k = 1; k <= iterations; k++)
        {
            now += Milliseconds(iteration);
            if (!schedule.IsDue(k, recordings?.Invoke(k) ?? 0)) continue;
            asked.Add(k);
            schedule.Timed(Ask, isBetween: true);
        }

        return asked;

        bool Ask()
        {
            now += Milliseconds(call);
            return true;
        }
    }

    [Fact]
    public void Cheap_calls_are_made_at_powers_of_two() => Assert.Equal([1, 2, 4, 8, 16, 32, 64], Asked(100, 1000, 1));

    [Fact]
    public void Dear_calls_are_left_out_until_they_are_within_their_share()
    {
        var asked = Asked(10_000, 1, 10);
        Assert.InRange(asked[0], 190, 200); // 10 ms are 5 % of 200 ms, the first call's own 10 ms among them
        Assert.True(asked.Count * 10 <= 0.05 * (10_000 + asked.Count * 10 + 10) + 1e-9);
    }

    [Fact]
    public void All_calls_together_stay_within_their_share() => Gen.Select(Gen.Double[0.01, 100], Gen.Double[0.01, 100], Gen.Int[1, 500])
        .Sample((iteration, call, count) =>
        {
            var asked = Asked(count, iteration, call, k => k / 3);
            return asked.Count * call <= ConfirmationSchedule.LargestShare * (count * iteration + (asked.Count + 1) * call) * 1.0001;
        });

    [Fact]
    public void A_new_branch_is_asked_for_at_once() =>
        Assert.Equal([1, 2, 4, 7, 8, 16], Asked(20, 1000, 1, k => k >= 7 ? 1 : 0));

    [Fact]
    public void The_branch_of_the_start_is_none() => Assert.Equal([1, 2, 4], Asked(5, 1000, 1, _ => 3));
}
