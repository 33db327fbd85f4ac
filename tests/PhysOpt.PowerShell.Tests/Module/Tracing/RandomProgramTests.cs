using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <summary>
/// Random programs give the same traced and untraced, at many points in several orders, also when what they capture changes between calls.
/// </summary>
/// <param name="module">An engine with the module.</param>
/// <param name="output">Where the counts are written.</param>
public sealed class RandomProgramTests(ModuleEngine module, ITestOutputHelper output) : IClassFixture<ModuleEngine>
{
    /// <summary>
    /// PHYSOPT_PROGRAMS gives another number of programs, PHYSOPT_FIRST the first one, PHYSOPT_REPORT a file for what came of them;
    /// docs/design/tracing.md has the command.
    /// </summary>
    static readonly int Count = Number("PHYSOPT_PROGRAMS", 2000);
    static readonly int First = Number("PHYSOPT_FIRST", 1);
    readonly Dictionary<string, (int Count, int Example)> refusals = [];
    int failures;
    long points;

    [Fact]
    public void A_random_program_gives_the_same_traced_and_untraced()
    {
        var start = Stopwatch.GetTimestamp();
        var found = new List<string>();
        module.OnItsThread(() =>
        {
            for (var seed = First; seed < First + Count; seed++)
            {
                var wrong = Differences(seed).ToArray();
                found.AddRange(wrong);
                if (wrong.Length > 0 || seed % 1000 == 999) Report(found, seed, Stopwatch.GetElapsedTime(start));
            }
        });
        output.WriteLine(Report(found, First + Count - 1, Stopwatch.GetElapsedTime(start)));
        Assert.True(found.Count == 0, string.Join("\n\n", found.Take(20)));
        Assert.True(refusals.Values.Sum(each => each.Count) + failures <= Count / 3, "More than a third of the programs are not traced.");
    }

    /// <summary>How many programs were run, refused and wrong, why refused, and what is wrong: for people and for PHYSOPT_REPORT.</summary>
    string Report(List<string> wrong, int last, TimeSpan time)
    {
        string[] lines =
        [
            $"programs {First} to {last}: {refusals.Values.Sum(each => each.Count)} refused, {failures} fail by themselves, "
                + $"{wrong.Count} wrong, {points} points compared, {time.TotalSeconds:N0} s",
            .. refusals.OrderByDescending(each => each.Value.Count)
                .Select(each => $"{each.Value.Count,6} {each.Key} (program {each.Value.Example})"),
            .. wrong,
        ];
        if (Environment.GetEnvironmentVariable("PHYSOPT_REPORT") is { Length: > 0 } file) File.WriteAllLines(file, lines);
        return string.Join('\n', lines);
    }

    void Refused(int seed, string reason)
    {
        // without what differs from program to program: names, numbers and places
        var kind = Regex.Replace(reason.Split('(')[0].Split(" at x =")[0], @"\$\w+|\b[FMPL]\d+\b|-?\d[\d.E+-]*", "_");
        if (reason.StartsWith("It fails:", StringComparison.Ordinal)) failures++;
        else refusals[kind] = (refusals.GetValueOrDefault(kind).Count + 1, seed);
    }

    /// <summary>What a program does differently; nothing where all is well.</summary>
    IEnumerable<string> Differences(int seed)
    {
        var text = RandomProgram.Of(seed);
        var random = new Random(seed);
        module.Output(RandomProgram.Surroundings);
        var block = new RecordedBlock((ScriptBlock)module.Output(text)[0].BaseObject);
        double[][] places = [.. Enumerable.Range(0, 5).Select(_ => RandomProgram.Point(random))];
        var path = new List<string>();
        for (var turn = 0; turn < 12; turn++)
        {
            var x = places[random.Next(places.Length)];
            if (turn % 4 == 3)
            {
                var change = RandomProgram.Changes[random.Next(RandomProgram.Changes.Length)];
                module.Output(change);
                path.Add(change);
            }

            path.Add(RecordedBlock.Shown(x));
            var plain = block.Plain(x);
            if (plain is double[])
            {
                block.Record(x);
                if (block.Refusal is { } refusal)
                {
                    if (RecordedBlock.IsContradiction(refusal))
                        yield return $"program {seed} {string.Join(" | ", path)}: {refusal}\n{text}";
                    else if (!refusal.Contains("line ", StringComparison.Ordinal))
                        yield return $"program {seed} is refused without a place: {refusal}\n{text}";
                    else Refused(seed, refusal);
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
                if (RecordedBlock.IsContradiction(lost)) yield return $"program {seed} {string.Join(" | ", path)}: {lost}\n{text}";
                else Refused(seed, lost);
                yield break;
            }

            points++;
            if (RecordedBlock.Same(plain, traced, rounding: 1e-10)) continue; // of sums and powers
            yield return $"program {seed} after {string.Join(" | ", path)} gives {RecordedBlock.Shown(plain)}, "
                + $"traced {RecordedBlock.Shown(traced)}:\n{text}";
            yield break;
        }
    }

    static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
