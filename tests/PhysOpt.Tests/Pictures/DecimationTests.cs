using CsCheck;
using PhysOpt.Pictures;

namespace PhysOpt.Tests.Pictures;

/// <summary>Fewer points that look the same.</summary>
public class DecimationTests
{
    static readonly Gen<Dot[]> Dots = Gen.Select(Gen.Double[-1e3, 1e3], Gen.Double[-1e3, 1e3], (h, v) => new Dot(h, v)).Array[1, 3000];

    [Fact]
    public void First_last_and_outermost_points_stay() => Gen.Select(Dots, Gen.Int[6, 500]).Sample((dots, limit) =>
    {
        var kept = Decimation.Of(dots, limit);
        Assert.True(kept.Count <= int.Max(limit, 6));
        Assert.Equal(dots[0], kept[0]);
        Assert.Equal(dots[^1], kept[^1]);
        Assert.Equal(Extremes(dots), Extremes(kept));
    });

    [Fact]
    public void Points_stay_in_their_order() => Gen.Select(Gen.Int[1, 20_000], Gen.Int[6, 200]).Sample((count, limit) =>
    {
        var kept = Decimation.Of([.. Enumerable.Range(0, count).Select(i => new Dot(i, double.Sin(0.1 * i)))], limit);
        Assert.Equal(kept.OrderBy(dot => dot.Horizontal), kept);
        Assert.Equal(kept.Count, kept.Distinct().Count());
    });

    [Fact]
    public void Few_points_stay_as_they_are()
    {
        Dot[] dots = [new(1, 2), new(3, 4)];
        Assert.Same(dots, Decimation.Of(dots, 6));
    }

    [Fact]
    public void Thinned_items_are_evenly_spaced_with_the_first_and_the_last() =>
        Gen.Select(Gen.Int[1, 5000], Gen.Int[2, 100]).Sample((count, limit) =>
    {
        var thinned = new Thinned<int>(limit);
        for (var i = 0; i < count; i++) thinned.Add(i);
        Assert.InRange(thinned.Evenly.Count, 1, limit);
        Assert.Equal(0, thinned.Evenly[0]);
        var gaps = thinned.Evenly.Zip(thinned.Evenly.Skip(1), (a, b) => b - a).Distinct().ToList();
        Assert.True(gaps.Count <= 1);
        Assert.Equal(count - 1, thinned.All[^1]);
        Assert.True(count <= limit ? thinned.Evenly.Count == count : thinned.Evenly.Count >= limit / 2);
    });

    static (double, double, double, double) Extremes(IReadOnlyCollection<Dot> dots) =>
        (dots.Min(dot => dot.Horizontal), dots.Max(dot => dot.Horizontal), dots.Min(dot => dot.Vertical), dots.Max(dot => dot.Vertical));
}
