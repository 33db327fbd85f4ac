using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <summary>
/// Random programs give the same traced and untraced, at many points in several orders, also when what they capture changes between calls.
/// </summary>
/// <param name="module">An engine with the module.</param>
public sealed class RandomProgramTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    /// <summary>PHYSOPT_PROGRAMS gives another number of programs, PHYSOPT_FIRST the first one.</summary>
    static readonly int Count = Number("PHYSOPT_PROGRAMS", 2000);
    static readonly int First = Number("PHYSOPT_FIRST", 1);

    [Fact]
    public void A_random_program_gives_the_same_traced_and_untraced()
    {
        var found = OnItsThread(() => Enumerable.Range(First, Count).SelectMany(Differences).Take(20).ToArray());
        Assert.True(found.Length == 0, string.Join("\n\n", found));
    }

    [Fact]
    public void Most_random_programs_are_traced()
    {
        var refusals = OnItsThread(() => Enumerable.Range(First, 300).Select(seed =>
        {
            module.Output(RandomProgram.Surroundings);
            var block = new RecordedBlock((ScriptBlock)module.Output(RandomProgram.Of(seed))[0].BaseObject);
            block.Record(RandomProgram.Point(new(seed)));
            return block.Refusal;
        }).OfType<string>().ToArray());
        Assert.True(refusals.Length < 60, string.Join('\n', refusals.Select(each => each.Split('(')[0])
            .GroupBy(each => each).OrderByDescending(each => each.Count()).Select(each => $"{each.Count()} {each.Key}")));
    }

    /// <summary>What a program does differently; nothing where all is well.</summary>
    IEnumerable<string> Differences(int seed)
    {
        var text = RandomProgram.Of(seed);
        var random = new Random(seed);
        module.Output(RandomProgram.Surroundings);
        var block = new RecordedBlock((ScriptBlock)module.Output(text)[0].BaseObject);
        double[][] points = [.. Enumerable.Range(0, 5).Select(_ => RandomProgram.Point(random))];
        var path = new List<string>();
        for (var turn = 0; turn < 12; turn++)
        {
            var x = points[random.Next(points.Length)];
            if (turn % 4 == 3)
            {
                var change = RandomProgram.Changes[random.Next(RandomProgram.Changes.Length)];
                module.Output(change);
                path.Add(change);
            }

            path.Add(Text(x));
            var plain = block.Plain(x);
            if (plain is double[])
            {
                block.Record(x);
                if (block.Refusal is { } refusal)
                {
                    if (IsContradiction(refusal)) yield return $"program {seed} {string.Join(" | ", path)}: {refusal}\n{text}";
                    yield break;
                }
            }
            else if (turn == 0)
            {
                continue;
            }

            if (!block.IsRecorded) continue;
            var traced = block.Traced(x);
            if (block.Refusal is { } lost)
            {
                if (IsContradiction(lost)) yield return $"program {seed} {string.Join(" | ", path)}: {lost}\n{text}";
                yield break;
            }

            if (Same(plain, traced)) continue;
            yield return $"program {seed} after {string.Join(" | ", path)} gives {Text(plain)}, traced {Text(traced)}:\n{text}";
            yield break;
        }
    }

    /// <summary>That a record said something else than the block, and not that it could not be made.</summary>
    static bool IsContradiction(string refusal) => refusal.StartsWith("It gives", StringComparison.Ordinal)
        && refusal.Contains(", but ", StringComparison.Ordinal);

    T OnItsThread<T>(Func<T> work)
    {
        var before = Runspace.DefaultRunspace;
        Runspace.DefaultRunspace = module.Runspace;
        try
        {
            return work();
        }
        finally
        {
            Runspace.DefaultRunspace = before;
        }
    }

    /// <summary>The same numbers but for rounding in sums and powers, or errors both.</summary>
    static bool Same(object plain, object traced)
    {
        if (plain is not double[] a) return traced is not double[] b || !Array.TrueForAll(b, double.IsFinite);
        if (traced is not double[] c || c.Length != a.Length) return false;
        return a.Zip(c).All(pair => pair.First.Equals(pair.Second)
            || double.Abs(pair.First - pair.Second) <= 1e-10 * double.Max(1, double.Abs(pair.First)));
    }

    static string Text(object outcome) => outcome is double[] numbers
        ? string.Join(' ', numbers.Select(each => each.ToString("R", CultureInfo.InvariantCulture)))
        : (string)outcome;

    static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
