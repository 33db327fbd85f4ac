using Mono.Cecil;

namespace PhysOpt.Tests;

/// <summary>The rooms of the binary module: each uses those before it in the list, and none after it.</summary>
public class ModuleArchitectureTests
{
    const string Root = "PhysOpt.PowerShell.";

    /// <summary>From the bottom up. The folders in Commands are one namespace: error ids carry it.</summary>
    static readonly string[] Rooms = ["Binding", "Loading", "ScriptBlocks.Reading", "ScriptBlocks.Interpreting", "ScriptBlocks.Calling",
        "Plotting", "Commands"];

    /// <summary>Which room uses which, with a type for each pair that does so.</summary>
    static Dictionary<(string From, string To), string> Uses() =>
        TypeUses.Between(RepositoryRoot.PathOf("bin", "PhysOpt.PowerShell.dll"), RoomOf);

    [Fact]
    public void A_room_of_the_module_uses_only_rooms_before_it()
    {
        var upward = Uses().Where(use => Array.IndexOf(Rooms, use.Key.From) < Array.IndexOf(Rooms, use.Key.To)).Select(use => use.Value);
        Assert.Equal([], upward);
    }

    [Theory]
    [InlineData("Commands", "Binding")] // by a property's type
    [InlineData("Commands", "ScriptBlocks.Calling")] // in bodies of methods
    [InlineData("ScriptBlocks.Calling", "ScriptBlocks.Interpreting")]
    [InlineData("ScriptBlocks.Interpreting", "ScriptBlocks.Reading")]
    [InlineData("ScriptBlocks.Calling", "ScriptBlocks.Reading")]
    [InlineData("Commands", "Loading")]
    public void An_arrow_that_exists_is_seen(string from, string to) => Assert.Contains((from, to), Uses().Keys);

    [Fact]
    public void Every_type_of_the_module_is_in_a_room()
    {
        using var module = ModuleDefinition.ReadModule(RepositoryRoot.PathOf("bin", "PhysOpt.PowerShell.dll"));
        var types = module.Types.Where(type => type.Namespace.StartsWith("PhysOpt", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(types);
        Assert.Equal([], types.Where(type => RoomOf(type.Namespace, type.Name) is null).Select(type => type.FullName));
    }

    static string? RoomOf(string space, string name) =>
        space.StartsWith(Root, StringComparison.Ordinal) && Rooms.Contains(space[Root.Length..]) ? space[Root.Length..] : null;
}
