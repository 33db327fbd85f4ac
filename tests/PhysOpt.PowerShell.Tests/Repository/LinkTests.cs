using System.Text.RegularExpressions;

namespace PhysOpt.PowerShell.Tests.Repository;

/// <summary>Links between pages lead somewhere, and no page is out of reach.</summary>
public sealed partial class LinkTests
{
    static readonly string[] Folders = ["", "bench", "docs", "docs/design", "docs/en-US", "docs/guide"];

    public static TheoryData<string> Pages() =>
        [.. Folders.SelectMany(folder => Directory.GetFiles(RepositoryRoot.PathOf(folder), "*.md")).Select(Relative)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void What_a_page_links_to_exists(string page) =>
        Assert.All(Targets(page), target =>
            Assert.True(File.Exists(target) || Directory.Exists(target), $"{page} links to {target}, which does not exist."));

    [Fact]
    public void Every_page_of_guide_and_design_is_reached_from_the_README()
    {
        var reached = new HashSet<string> { "README.md" };
        var open = new Queue<string>(reached);
        while (open.TryDequeue(out var page))
        {
            foreach (var next in Targets(page).Where(target => target.EndsWith(".md", StringComparison.Ordinal)).Select(Relative)
                .Where(reached.Add)) open.Enqueue(next);
        }

        Assert.All(Pages().Select(page => page.Data).Where(page => !page.StartsWith("docs/en-US/", StringComparison.Ordinal)), page =>
            Assert.Contains(page, reached));
    }

    [Fact]
    public void The_pictures_of_the_README_are_small_and_of_one_size()
    {
        var pictures = Targets("README.md").Where(target => target.EndsWith(".png", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, pictures.Count);
        Assert.Equal(Directory.GetFiles(RepositoryRoot.PathOf("docs", "pictures")).Select(Relative).Order(StringComparer.Ordinal),
            pictures.Select(Relative).Order(StringComparer.Ordinal));
        Assert.All(pictures, picture =>
        {
            Assert.InRange(new FileInfo(picture).Length, 1, 40_000);
            var image = Plotting.PngImage.Read(picture);
            Assert.Equal((400, 400), (image.Width, image.Height));
        });
    }

    static List<string> Targets(string page)
    {
        var path = RepositoryRoot.PathOf(page);
        var text = Code().Replace(File.ReadAllText(path), "");
        return [.. Link().Matches(text).Select(link => link.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal))
            .Select(target => Path.GetFullPath(target.Split('#')[0], Path.GetDirectoryName(path)!))];
    }

    static string Relative(string path) => Path.GetRelativePath(RepositoryRoot.Folder, path).Replace('\\', '/');

    [GeneratedRegex(@"\]\((?<target>[^)#\s][^)\s]*)\)")]
    private static partial Regex Link();

    /// <summary>Blocks and spans of code, in which brackets are no links.</summary>
    [GeneratedRegex("```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Code();
}
