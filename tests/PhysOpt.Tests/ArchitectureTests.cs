using System.Reflection;
using Mono.Cecil;
using NetArchTest.Rules;

namespace PhysOpt.Tests;

/// <summary>What the assemblies know of each other and of third parties. Every rule is also shown to be able to fail.</summary>
public class ArchitectureTests
{
    static readonly Assembly Core = typeof(Vector).Assembly;

    const string Root = "PhysOpt";

    static void Holds(NetArchTest.Rules.TestResult result) =>
        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));

    [Fact]
    public void Only_linear_algebra_touches_MathNet()
    {
        var others = Types.InAssembly(Core).That().DoNotResideInNamespace("PhysOpt.LinearAlgebra");
        Assert.True(others.GetTypes().Count() > 30);
        Holds(others.ShouldNot().HaveDependencyOn("MathNet").GetResult());
        Assert.False(Types.InAssembly(Core).That().ResideInNamespace("PhysOpt.LinearAlgebra").ShouldNot().HaveDependencyOn("MathNet")
            .GetResult().IsSuccessful);
    }

    [Fact]
    public void The_core_knows_no_PowerShell()
    {
        Holds(Types.InAssembly(Core).ShouldNot().HaveDependencyOn("System.Management.Automation").GetResult());
        Assert.DoesNotContain(References("PhysOpt.dll"), name => name.Contains("Management.Automation", StringComparison.Ordinal));
        Assert.Contains("System.Collections.Immutable", References("PhysOpt.dll"));
        Assert.False(Types.InAssembly(Core).ShouldNot().HaveDependencyOn("System.Collections.Immutable").GetResult().IsSuccessful);
    }

    [Fact]
    public void The_module_does_not_refer_to_MathNet()
    {
        Assert.DoesNotContain(References("PhysOpt.PowerShell.dll"), name => name.StartsWith("MathNet", StringComparison.Ordinal));
        Assert.Contains(References("PhysOpt.dll"), name => name.StartsWith("MathNet", StringComparison.Ordinal));
    }

    [Fact]
    public void Plotting_knows_the_core_and_only_it_knows_what_draws()
    {
        string[] drawing = ["ScottPlot", "SkiaSharp"];
        var plotting = References("dependencies/PhysOpt.Plotting.dll");
        Assert.All([Root, .. drawing], name => Assert.Contains(name, plotting));
        Assert.DoesNotContain(plotting, name => name.Contains("Management.Automation", StringComparison.Ordinal)
            || name == "PhysOpt.PowerShell");
        foreach (var assembly in new[] { "PhysOpt.dll", "PhysOpt.PowerShell.dll" }) Assert.Empty(References(assembly).Intersect(drawing));
        Assert.Contains("PhysOpt.Plotting", References("PhysOpt.PowerShell.dll"));
    }

    [Fact]
    public void Plotting_has_no_public_types()
    {
        using var module = Open("dependencies/PhysOpt.Plotting.dll");
        Assert.DoesNotContain(module.Types, type => type.IsPublic);
        Assert.Contains(module.Types, type => type.Namespace == "PhysOpt.Plotting");
    }

    [Theory]
    [InlineData("PhysOpt.dll")]
    [InlineData("PhysOpt.PowerShell.dll")]
    public void No_third_party_type_stands_on_a_public_member(string assembly)
    {
        using var module = Open(assembly);
        var types = module.Types.Where(type => type.IsPublic).ToList();
        var surface = types.SelectMany(Surface).ToList();
        Assert.NotEmpty(surface);
        Assert.Empty(surface.Where(use => IsThirdParty(use.Type)).Select(use => $"{use.Member}: {use.Type.FullName}"));
    }

    [Fact]
    public void A_third_party_type_on_a_public_member_would_be_seen()
    {
        using var module = ModuleDefinition.ReadModule(typeof(ArchitectureTests).Assembly.Location);
        var surface = Surface(module.GetType(typeof(Leaky).FullName!.Replace('+', '/'))).Where(use => IsThirdParty(use.Type))
            .Select(use => use.Member.Split('.')[^1]);
        Assert.Equal(["Field", "Property", "get_Property", "Method", "Nested"], surface.Distinct());
    }

    /// <summary>Shows third-party types in every place where a member can.</summary>
    public static class Leaky
    {
        public static readonly CsCheck.Size? Field;

        public static IEnumerable<CsCheck.Size[]> Property => [];

        public static void Method(List<Func<CsCheck.Size>> argument) => ArgumentNullException.ThrowIfNull(argument);

        public sealed class Nested : List<CsCheck.Size>;

        internal static CsCheck.Size? Hidden() => null;
    }

    static IEnumerable<(string Member, TypeReference Type)> Surface(TypeDefinition type)
    {
        var uses = new List<(string Member, TypeReference? Type)> { (type.Name, type.BaseType) };
        uses.AddRange(type.Interfaces.Select(each => (type.Name, (TypeReference?)each.InterfaceType)));
        uses.AddRange(type.Fields.Where(field => Visible(field.IsPublic, field.IsFamily, field.IsFamilyOrAssembly))
            .Select(field => (field.Name, (TypeReference?)field.FieldType)));
        uses.AddRange(type.Properties.Where(each =>
            each.GetMethod is { } get && Visible(get.IsPublic, get.IsFamily, get.IsFamilyOrAssembly))
            .Select(each => (each.Name, (TypeReference?)each.PropertyType)));
        foreach (var method in type.Methods.Where(method => Visible(method.IsPublic, method.IsFamily, method.IsFamilyOrAssembly)))
        {
            uses.Add((method.Name, method.ReturnType));
            uses.AddRange(method.Parameters.Select(parameter => (method.Name, (TypeReference?)parameter.ParameterType)));
            uses.AddRange(method.GenericParameters.SelectMany(parameter => parameter.Constraints)
                .Select(constraint => (method.Name, (TypeReference?)constraint.ConstraintType)));
        }

        foreach (var (member, used) in uses)
        {
            foreach (var part in TypeUses.Parts(used)) yield return ($"{type.FullName}.{member}", part);
        }

        foreach (var use in type.NestedTypes.Where(nested => nested.IsNestedPublic).SelectMany(Surface)) yield return use;

        static bool Visible(bool isPublic, bool isFamily, bool isFamilyOrAssembly) => isPublic || isFamily || isFamilyOrAssembly;
    }

    static bool IsThirdParty(TypeReference type) => type.Scope is AssemblyNameReference { Name: var name }
        && !(name is "netstandard" or "mscorlib" || name.StartsWith("System", StringComparison.Ordinal)
            || name.StartsWith(Root, StringComparison.Ordinal));

    static string[] References(string assembly)
    {
        using var module = Open(assembly);
        return [.. module.AssemblyReferences.Select(reference => reference.Name)];
    }

    /// <summary>An assembly of the built module, in bin below the root of the repository.</summary>
    static ModuleDefinition Open(string assembly) => ModuleDefinition.ReadModule(RepositoryRoot.PathOf("bin", assembly));
}
