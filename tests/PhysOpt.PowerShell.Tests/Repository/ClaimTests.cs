using System.Text.RegularExpressions;

namespace PhysOpt.PowerShell.Tests.Repository;

/// <summary>What the guide says of speed is what was measured.</summary>
public sealed partial class ClaimTests
{
    [Fact]
    public void The_guides_comparison_with_SciPy_is_that_of_the_bench()
    {
        var (measured, told) = (Table("bench/README.md", "scipy"), Table("docs/guide/from-scipy-and-jax.md", "Beside SciPy"));
        Assert.Equal(5, told.Count);
        Assert.Equal(measured.Select(row => (row[0], row[2], row[3], row[4])), told.Select(row => (row[0], row[2], row[3], row[4])));
    }

    /// <summary>The rows of the first table below a heading that begins so, without their two head lines.</summary>
    static List<string[]> Table(string page, string heading)
    {
        var text = File.ReadAllText(RepositoryRoot.PathOf(page)).ReplaceLineEndings("\n");
        var from = text.IndexOf($"\n## {heading}", StringComparison.Ordinal);
        Assert.True(from >= 0, $"{page} has a part '{heading}'");
        return [.. Row().Matches(text[from..]).First().Groups["row"].Captures.Skip(2)
            .Select(row => row.Value.Trim('|').Split('|', StringSplitOptions.TrimEntries))];
    }

    [GeneratedRegex(@"(?:(?<row>\|[^\n]*)\n)+")]
    private static partial Regex Row();
}
