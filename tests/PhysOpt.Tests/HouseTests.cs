using Mono.Cecil;

namespace PhysOpt.Tests;

/// <summary>Inside the numerics dependencies point one way, down the floors of the house.</summary>
public class HouseTests
{
    static readonly string Assembly = RepositoryRoot.PathOf("bin", "PhysOpt.dll");

    static readonly Lazy<Dictionary<(string From, string To), string>> Uses = new(() => TypeUses.Between(Assembly, House.RoomOf));

    public static TheoryData<string> RoomNames() => [.. House.Rooms.Select(room => room.Name)];

    static int FloorOf(string room) =>
        Enumerable.Range(0, House.Floors.Count).Single(floor => House.Floors[floor].Any(each => each.Name == room));

    [Theory]
    [MemberData(nameof(RoomNames))]
    public void A_room_uses_only_rooms_on_the_floors_below_it(string name) =>
        Assert.Equal([], Uses.Value.Where(use => use.Key.From == name && FloorOf(use.Key.To) >= FloorOf(name)).Select(use => use.Value));

    [Fact]
    public void Analysis_and_inversion_do_not_know_each_other() => Assert.DoesNotContain(("Analysis", "Inversion"), Uses.Value.Keys);

    [Theory]
    [MemberData(nameof(RoomNames))]
    public void An_arrow_down_from_each_room_is_seen(string name)
    {
        // so that a rule that looks at nothing would fail: only the ground floor uses nobody
        if (name is "LinearAlgebra" or "Tracing.Operations")
            Assert.DoesNotContain(Uses.Value.Keys, use => use.From == name && FloorOf(use.To) > FloorOf(name));
        else
            Assert.Contains(Uses.Value.Keys, use => use.From == name);
    }

    [Theory]
    [InlineData("Optimization.Methods", "Optimization.QuasiNewton")]
    [InlineData("Optimization.Methods", "Optimization.TrustRegion")]
    [InlineData("Optimization.Methods", "Optimization.Acceptance")]
    [InlineData("Optimization.Methods", "Optimization.LineSearch")]
    [InlineData("Optimization.Methods", "Optimization.LeastSquares")]
    [InlineData("Optimization.Methods", "Optimization.DerivativeFree")]
    [InlineData("Optimization.QuasiNewton", "Optimization")]
    [InlineData("Solving", "Optimization.Methods")]
    [InlineData("Analysis", "Solving")]
    [InlineData("Tracing", "Tracing.Compiling")]
    [InlineData("Pictures.Terminal", "Pictures")]
    public void An_arrow_that_exists_is_seen(string from, string to) => Assert.Contains((from, to), Uses.Value.Keys);

    [Fact]
    public void Every_type_of_the_core_is_in_a_room()
    {
        // A namespace or root type that no floor names escapes all rules: name it in the house.
        using var module = ModuleDefinition.ReadModule(Assembly);
        var types = module.Types.Where(type => type.Namespace.StartsWith("PhysOpt", StringComparison.Ordinal)).ToList();
        Assert.True(types.Count > 100);
        Assert.Equal([], types.Where(type => House.RoomOf(type.Namespace, type.Name) is null).Select(type => type.FullName));
    }

    [Fact]
    public void Every_room_has_a_folder_and_every_folder_is_a_room()
    {
        var source = RepositoryRoot.PathOf("src", "PhysOpt");
        var folders = Directory.GetFiles(source, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(source, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.'))
            .Where(folder => folder.Split('.')[0] is not ("obj" or "bin" or "Properties" or "")).ToHashSet();
        Assert.All(House.Rooms, room => Assert.Contains(room.Name, folders));
        Assert.All(folders, folder =>
            Assert.Contains(House.Rooms, room => $"{folder}.".StartsWith(room.Name + ".", StringComparison.Ordinal)));
    }
}
