using PhysOpt.Solving;
using PhysOpt.Tests.Problems;

namespace PhysOpt.Tests;

/// <summary>Random losses, most of which have no minimum, or poles, plateaus, inflections and saddles: no false success.</summary>
public class RandomLossTests
{
    /// <summary>Loss 247 has its minimum at the edge of a root's domain, where differences see no slope.</summary>
    static readonly int[] known = [247];

    /// <summary>
    /// By values alone: at the edges of the domains of roots and logarithms values scatter beside any model, and what is lower a millionth
    /// of the sizes away is lower by no more than they scatter (30, 496, 508, 642, 708); a loss of 1e-11 is lower by a part of 1e-4 (65).
    /// </summary>
    static readonly (string Method, int Seed)[] knownByValues =
        [("Bobyqa", 30), ("Bobyqa", 65), ("Bobyqa", 496), ("Bobyqa", 508), ("Bobyqa", 642), ("Bobyqa", 708)];

    public static TheoryData<string> Methods() => MethodMatrix.Searches();

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_success_has_nothing_lower_nearby(string method)
    {
        List<string> wrong = [];
        for (var seed = 1; seed <= Laws.Samples(1000); seed++)
        {
            if (known.Contains(seed) || knownByValues.Contains((method, seed)) || RandomLoss.Of(seed) is not { } loss
                || (!loss.IsResidual && MethodMatrix.NeedsResiduals(method))) continue;
            var what = $"{seed}: {loss.Text}";
            if (Record.Exception(() => MethodMatrix.AssertNoneLowerNearby(loss.Problem, Search(loss, method), what)) is { } exception)
                wrong.Add($"{exception.Message} {exception.InnerException?.Message}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData(1832, "GradientDescent", "an inflection of the only variable between its bounds")]
    [InlineData(22086, "GradientDescent", "x |x|, whose slope has a kink")]
    [InlineData(26788, "TrustRegion", "inflections on the way to minus infinity, to which steps halve")]
    [InlineData(9873, "TrustRegion", "a limit at infinity along a valley of two variables")]
    [InlineData(24043, "TrustRegion", "the same with a root and an arctangent")]
    [InlineData(14012, "InverseSimulator", "residuals that vanish at infinity")]
    [InlineData(24532, "InverseSimulator", "the same, with one that vanishes here")]
    public void What_was_once_a_false_success_is_none(int seed, string method, string what)
    {
        var result = Search(RandomLoss.Of(seed)!, method);
        Assert.False(result.IsConverged, $"{what}: {result.Message}");
    }

    static OptimizationResult Search(RandomLoss loss, string method) => new MinimumSearch
    {
        Method = MethodMatrix.MethodOf(method),
        Options = defaults => defaults with { MaxIterations = 300, MaxEvaluations = 20_000 },
    }.Find(loss.Problem);
}
