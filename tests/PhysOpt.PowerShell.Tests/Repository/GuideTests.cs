using PhysOpt.PowerShell.Tests.Hosting;

namespace PhysOpt.PowerShell.Tests.Repository;

/// <summary>What the pages of the guide print is what their blocks print.</summary>
public sealed class GuideTests : IDisposable
{
    static readonly string Guide = RepositoryRoot.PathOf("docs", "guide");

    readonly PowerShellProcess program = new();

    public static TheoryData<string> Pages() =>
        [.. Directory.GetFiles(Guide, "*.md").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public void Dispose() => program.Dispose();

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_blocks_of_a_page_print_what_it_shows(string page) =>
        await PageBlocks.CheckAsync(program, await File.ReadAllTextAsync(Path.Combine(Guide, page), TestContext.Current.CancellationToken),
            isOneSession: true);
}
