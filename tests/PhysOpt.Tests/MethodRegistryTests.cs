using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PhysOpt.Analysis;
using PhysOpt.Optimization;
using PhysOpt.Solving;

namespace PhysOpt.Tests;

/// <summary>A new method is its own file, one registration, and a cmdlet of its own with one page of help.</summary>
public class MethodRegistryTests
{
    /// <summary>Where a method is a part of something else than itself.</summary>
    static readonly Dictionary<string, string[]> AlsoNamedIn = new()
    {
        ["Lbfgs"] = ["NumericInverse.cs"], // inverses are numeric by way of these two
        ["GaussNewton"] = ["NumericInverse.cs"],
    };

    /// <summary>The type of a method whose name is that of the namespace of its parts.</summary>
    static string TypeOf(string name) => name == "TrustRegion" ? "TrustRegionNewton" : name;

    static readonly Type[] Methods =
    [
        .. typeof(Optimizer).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false }
                && type.GetInterfaces().Any(each => each.IsGenericType && each.GetGenericTypeDefinition() == typeof(IMethod<,>))),
    ];

    public static TheoryData<string> Names() => [.. MethodRegistry.All.Select(method => method.Name)];

    public static TheoryData<string> NamesWithRate() =>
        [.. MethodRegistry.All.Where(method => method.DefaultLearningRate is not null).Select(method => method.Name)];

    [Fact]
    public void Every_method_is_registered_once_by_the_name_of_its_type() => Assert.Equal(Methods.Select(type => type.Name).Order(),
        MethodRegistry.All.Concat(MethodRegistry.Chosen).Select(method => TypeOf(method.Name)).Order());

    [Fact]
    public void A_method_that_only_a_search_chooses_is_asked_for_by_nobody()
    {
        foreach (var chosen in MethodRegistry.Chosen)
        {
            Assert.Null(MethodRegistry.Find(chosen.Name));
            Assert.Contains(MethodChoice.All, choice => choice.Method == chosen.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_method_is_named_in_its_own_file_in_the_registry_in_its_cmdlet_and_nowhere_else(string name)
    {
        var source = RepositoryRoot.PathOf("src");
        var files = Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(path => Regex.IsMatch(File.ReadAllText(path),
                $@"\bnew {TypeOf(name)}\b|\b{TypeOf(name)}\.(Default|State\b)|class {TypeOf(name)}\b"))
            .Select(path => Path.GetFileName(path)!)
            .ToList();
        string[] own = [$"{TypeOf(name)}.cs", "MethodRegistry.cs"];
        Assert.All(own, file => Assert.Contains(file, files));
        var elsewhere = files.Except([.. own, .. AlsoNamedIn.GetValueOrDefault(name, [])])
            .Where(file => !Regex.IsMatch(file, $"^Invoke{name}(Step)?Command.cs$"));
        Assert.Equal([], elsewhere);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_method_has_one_page_of_help_which_brings_it_into_the_list_of_the_methods(string name)
    {
        var page = Path.GetFileNameWithoutExtension(PageOf(name));
        Assert.Contains("\n{methods}\n", File.ReadAllText(RepositoryRoot.PathOf("docs", "en-US", "about_PhysOpt_Methods.md"))
            .ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Single(File.ReadLines(RepositoryRoot.PathOf("en-US", "about_PhysOpt_Methods.help.txt")), line => line.Trim() == page);
    }

    [Theory]
    [MemberData(nameof(NamesWithRate))]
    public void The_page_of_a_method_tells_its_own_learning_rate(string name)
    {
        var rate = MethodRegistry.Require(name).DefaultLearningRate!.Value;
        var cmdlet = Path.GetFileNameWithoutExtension(PageOf(name));
        var help = XDocument.Load(RepositoryRoot.PathOf("en-US", "PhysOpt.PowerShell.dll-Help.xml")).Root!;
        var command = Named(help, "command").Single(each => Named(Named(each, "details").Single(), "name").Single().Value == cmdlet);
        var parameter = Named(Named(command, "parameters").Single(), "parameter")
            .Single(each => Named(each, "name").Single().Value == "LearningRate");
        Assert.Equal(rate, double.Parse(Named(parameter, "defaultValue").Single().Value, CultureInfo.InvariantCulture));

        static IEnumerable<XElement> Named(XElement from, string name) => from.Elements().Where(each => each.Name.LocalName == name);
    }

    /// <summary>The one page that is named after a method's cmdlet.</summary>
    static string PageOf(string name) =>
        Assert.Single(Directory.GetFiles(RepositoryRoot.PathOf("docs", "en-US"), "*.md"), path =>
        Regex.IsMatch(Path.GetFileName(path), $"^Invoke-{name}(Step)?\\.md$"));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_registered_name_is_that_of_the_records(string name)
    {
        var method = MethodRegistry.Require(name.ToUpperInvariant());
        Assert.Equal(name, method.Run(Runs.ThreeSpaces).First().Method);
        Assert.NotEmpty(method.Description);
    }

    [Theory]
    [MemberData(nameof(NamesWithRate))]
    public void The_learning_rate_of_a_method_is_used(string name)
    {
        var method = MethodRegistry.Require(name);
        var rate = method.DefaultLearningRate!.Value;
        var (own, given, half) = (First(null), First(rate), First(rate / 2));
        Assert.Equal(own, given);
        Assert.NotEqual(own, half);

        Vector First(double? learningRate) => method.Run(Runs.ThreeSpaces, learningRate, Runs.Exactly(1)).Last().X;
    }

    [Fact]
    public void A_new_method_is_compared_by_its_registration_alone()
    {
        var entry = MethodEntry.Of("Still", "stays where it is", 1, (_, _) => new Still());
        var outcome = new ComparedRun(entry).Measure(Runs.ThreeSpaces, new());
        Assert.Equal(("Still", 1, TerminationReason.StepCollapsed), (outcome.Method, outcome.Iterations, outcome.Status));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_learning_rate_that_is_no_positive_number_is_refused(double rate) =>
        Assert.Equal("LearningRateNotPositive",
            Assert.Throws<ProblemException>(() => MethodRegistry.Require("Adam").Run(Runs.ThreeSpaces, rate)).ErrorId);

    [Fact]
    public void A_method_without_a_learning_rate_is_given_none()
    {
        var entry = MethodEntry.Of("Still", "stays where it is", _ => new Still());
        Assert.Equal("MethodHasNoLearningRate", Assert.Throws<ProblemException>(() => entry.Run(Runs.ThreeSpaces, 0.1)).ErrorId);
        Assert.Equal("MethodNotFound", Assert.Throws<ProblemException>(() => MethodRegistry.Require("Nonsense")).ErrorId);
    }

    sealed class Still : IMethod<IObjective, Still.State>
    {
        internal sealed record State(Point At) : IMethodState;

        public string Name => "Still";

        public bool KeepsBounds => true;

        public State Initialize(IObjective f, Vector start) => new(f.At(start));

        public Proposal<State> Step(IObjective f, State state) => new State(state.At);
    }
}
