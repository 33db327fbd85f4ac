using Mono.Cecil;

namespace PhysOpt.Tests;

/// <summary>The rooms of the binary module: each uses those before it in the list, and none after it.</summary>
public class ModuleArchitectureTests
{
    const string Root = "PhysOpt.PowerShell.";

    /// <summary>From the bottom up. The folders in Commands are one namespace: error ids carry it.</summary>
    static readonly string[] Rooms = ["Binding", "Loading", "ScriptBlocks.Reading", "ScriptBlocks.Rewriting", "ScriptBlocks.Calling", "Plotting", "Commands"];

    /// <summary>Which room uses which, with a type for each pair that does so.</summary>
    static Dictionary<(string From, string To), string> Uses()
    {
        using var module = ModuleDefinition.ReadModule(RepositoryFile("bin", "PhysOpt.PowerShell.dll"));
        var uses = new Dictionary<(string, string), string>();
        foreach (var type in module.GetTypes())
        {
            if (RoomOf(type) is not { } from) continue;
            foreach (var used in References(type).SelectMany(Parts))
            {
                if (RoomOf(used) is { } to && to != from) uses.TryAdd((from, to), $"{type.FullName} uses {used.FullName}");
            }
        }

        return uses;
    }

    [Fact]
    public void A_room_of_the_module_uses_only_rooms_before_it()
    {
        var upward = Uses().Where(use => Array.IndexOf(Rooms, use.Key.From) < Array.IndexOf(Rooms, use.Key.To)).Select(use => use.Value);
        Assert.Equal([], upward);
    }

    [Theory]
    [InlineData("Commands", "Binding")] // by a property's type
    [InlineData("Commands", "ScriptBlocks.Calling")] // in bodies of methods
    [InlineData("ScriptBlocks.Calling", "ScriptBlocks.Rewriting")]
    [InlineData("ScriptBlocks.Rewriting", "ScriptBlocks.Reading")]
    [InlineData("ScriptBlocks.Calling", "ScriptBlocks.Reading")]
    [InlineData("Commands", "Loading")]
    public void An_arrow_that_exists_is_seen(string from, string to) => Assert.Contains((from, to), Uses().Keys);

    [Fact]
    public void Every_type_of_the_module_is_in_a_room()
    {
        using var module = ModuleDefinition.ReadModule(RepositoryFile("bin", "PhysOpt.PowerShell.dll"));
        var types = module.Types.Where(type => type.Namespace.StartsWith("PhysOpt", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(types);
        Assert.Equal([], types.Where(type => RoomOf(type) is null).Select(type => type.FullName));
    }

    static string? RoomOf(TypeReference type)
    {
        while (type.DeclaringType is not null) type = type.DeclaringType;
        return type.Namespace.StartsWith(Root, StringComparison.Ordinal) && Rooms.Contains(type.Namespace[Root.Length..]) ? type.Namespace[Root.Length..] : null;
    }

    /// <summary>All types that a type names: in its head, its fields, the heads of its methods and their bodies, and attributes.</summary>
    static IEnumerable<TypeReference?> References(TypeDefinition type)
    {
        yield return type.BaseType;
        foreach (var each in type.Interfaces) yield return each.InterfaceType;
        foreach (var attribute in type.CustomAttributes.SelectMany(Named)) yield return attribute;
        foreach (var attribute in type.Properties.SelectMany(property => property.CustomAttributes).SelectMany(Named)) yield return attribute;
        foreach (var field in type.Fields) yield return field.FieldType;
        foreach (var method in type.Methods)
        {
            yield return method.ReturnType;
            foreach (var parameter in method.Parameters) yield return parameter.ParameterType;
            if (!method.HasBody) continue;
            foreach (var variable in method.Body.Variables) yield return variable.VariableType;
            foreach (var operand in method.Body.Instructions.Select(instruction => instruction.Operand))
            {
                switch (operand)
                {
                    case TypeReference named:
                        yield return named;
                        break;
                    case MemberReference member:
                        yield return member.DeclaringType;
                        foreach (var argument in (member as GenericInstanceMethod)?.GenericArguments ?? []) yield return argument;
                        break;
                }
            }
        }
    }

    /// <summary>An attribute, and the types that it is given, such as a completer.</summary>
    static IEnumerable<TypeReference?> Named(CustomAttribute attribute) =>
        [attribute.AttributeType, .. attribute.ConstructorArguments.Select(argument => argument.Value as TypeReference)];

    static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [type],
    };

    static string RepositoryFile(params string[] parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PhysOpt.slnx"))) folder = folder.Parent;
        Assert.NotNull(folder);
        return Path.Combine([folder.FullName, .. parts]);
    }
}
