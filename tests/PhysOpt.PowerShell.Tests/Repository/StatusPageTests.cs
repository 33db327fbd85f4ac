using PhysOpt.PowerShell.Tests.Module;

namespace PhysOpt.PowerShell.Tests.Repository;

/// <summary>Every status is explained: in the guide by an example that runs, and in the help.</summary>
public sealed class StatusPageTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    string[] Statuses => module.Texts("[enum]::GetNames([PhysOpt.TerminationReason])");

    static string Page(params string[] path) => File.ReadAllText(RepositoryRoot.PathOf(path)).ReplaceLineEndings("\n");

    /// <summary>
    /// A status is explained by "**Flat**", and what the next block prints names it. No block says a name by itself, so that what is
    /// printed is how a run has ended: that it is printed is for <see cref="GuideTests"/>.
    /// </summary>
    [Fact]
    public void The_guide_shows_every_status_by_an_example_that_ends_with_it()
    {
        var page = Page("docs", "guide", "which-method.md");
        Assert.True(Statuses.Length > 15);
        Assert.All(Statuses, status =>
        {
            var told = page.IndexOf($"**{status}**", StringComparison.Ordinal);
            Assert.True(told > 0, $"The page explains {status}.");
            var (script, output) = PageBlocks.After(page, told);
            Assert.Matches($@"\b{status}\b", output);
            Assert.DoesNotMatch($@"(?<![-\w]){status}\b", script); // -LossTarget 1 is what is asked for, and no status
        });
    }

    [Fact]
    public void The_help_tells_every_status()
    {
        var part = Page("docs", "en-US", "about_PhysOpt_Methods.md").Split("## HOW A RUN ENDS")[1].Split("\n## ")[0];
        Assert.All(Statuses, status => Assert.Matches($@"\b{status}\b", part));
    }
}
