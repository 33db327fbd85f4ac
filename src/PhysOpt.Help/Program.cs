using System.Text;
using System.Xml;

namespace PhysOpt.Help;

/// <summary>Writes the help of a module: PhysOpt.Help module.dll pages-folder help-folder.</summary>
internal static class Program
{
    const string CommonName = "Common.md";
    const string AboutPrefix = "about_";

    static int Main(string[] args)
    {
        if (args is not [var assembly, var pages, var target])
        {
            Console.Error.WriteLine("usage: PhysOpt.Help <module.dll> <folder of pages> <folder of the help>");
            return 2;
        }

        try
        {
            Write(Path.GetFullPath(assembly), Path.GetFullPath(pages), Path.GetFullPath(target));
            return 0;
        }
        catch (PageException wrong)
        {
            Console.Error.WriteLine(wrong);
            return 1;
        }
    }

    static void Write(string assembly, string folder, string target)
    {
        var cmdlets = CmdletFacts.Of(assembly);
        var files = Directory.GetFiles(folder, "*.md").Order(StringComparer.Ordinal).ToList();
        var abouts = files.Where(file => Path.GetFileName(file).StartsWith(AboutPrefix, StringComparison.Ordinal)).ToList();
        var common = PageReader.ReadCommon(Path.Combine(folder, CommonName));
        var pages = files.Except(abouts).Where(file => Path.GetFileName(file) != CommonName).Select(PageReader.Read)
            .Select(page => (Page: page, Cmdlet: cmdlets.GetValueOrDefault(page.Name)
                ?? throw new PageException(page.File, 1, $"The module has no cmdlet {page.Name}."))).ToList();
        if (common.Parameters.FirstOrDefault(each =>
            !cmdlets.Values.SelectMany(cmdlet => cmdlet.Parameters).Any(parameter => parameter.Name == each.Key)) is
            {
                Key: { } name,
                Value: var text
            })
            throw new PageException(common.File, text.Line, $"No cmdlet has a parameter {name}.");

        var texts = abouts.ToDictionary(file => Path.GetFileNameWithoutExtension(file) + ".help.txt", file =>
            AboutWriter.Write(file, new Dictionary<string, IEnumerable<(string, string)>>
            {
                [AboutWriter.Methods] = pages.Where(each => IsMethod(each.Cmdlet)).Select(each => (each.Page.Name, each.Page.Synopsis)),
                [AboutWriter.OtherCmdlets] = pages.Where(each => !IsMethod(each.Cmdlet))
                    .Select(each => (each.Page.Name, each.Page.Synopsis)),
            }));
        using var maml = new MemoryStream();
        using (var writer = XmlWriter.Create(maml,
            new() { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n", NewLineHandling = NewLineHandling.None }))
            new MamlWriter(common).Write(pages).Save(writer);
        texts.Add(Path.GetFileName(assembly) + "-Help.xml", Encoding.UTF8.GetString(maml.ToArray()));

        Directory.CreateDirectory(target);
        foreach (var gone in Directory.GetFiles(target, AboutPrefix + "*.help.txt")
            .Where(file => !texts.ContainsKey(Path.GetFileName(file)))) File.Delete(gone);
        foreach (var (file, content) in texts) Replace(Path.Combine(target, file), content);
    }

    /// <summary>A method is a cmdlet that streams the records of its iterations.</summary>
    static bool IsMethod(CmdletFacts cmdlet) => cmdlet.Outputs.Any(type => type.Name == "IterationRecord");

    /// <summary>
    /// Written beside its place and moved there when complete: whoever reads it meanwhile has the old one or the new one.
    /// </summary>
    static void Replace(string file, string content)
    {
        var fresh = $"{file}.{Environment.ProcessId}.new";
        File.WriteAllText(fresh, content);
        File.Move(fresh, file, overwrite: true);
    }
}
