package dev.troupe.estimator.dl4j.data;

import dev.troupe.settings.Option;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fashion-MNIST (Xiao, Rasul, Vollgraf 2017, arXiv:1708.07747) from the four IDX files of its
 * authors, compressed or not: 60,000 training pictures of 28 x 28 pixels and the official test part
 * of 10,000. Any other data set in these four files will do as well.
 */
public final class FashionMnist implements DataSetProvider {

  private static final Path DEBIAN = Path.of("/usr/share/datasets/fashion-mnist");
  private static final String INSTALL = "apt-get install dataset-fashion-mnist";
  private static final List<String> CLASSES =
      List.of(
          "t-shirt",
          "trouser",
          "pullover",
          "dress",
          "coat",
          "sandal",
          "shirt",
          "sneaker",
          "bag",
          "ankle-boot");

  @Override
  public String name() {
    return "fashion-mnist";
  }

  @Override
  public String description() {
    return "70,000 pictures of clothes, 28 x 28 pixels, with an official test part";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("folder", DEBIAN.toString(), "where the four IDX files of fashion-mnist lie"),
        new Option("train-limit", "all", "use the first n training pictures of fashion-mnist"));
  }

  @Override
  public LabelledData load(DataRequest request) {
    String named = request.settings().findString("folder");
    Path folder = named == null ? DEBIAN : request.folder().resolve(named);
    int limit = request.settings().getInt("train-limit", Integer.MAX_VALUE, 10, Integer.MAX_VALUE);
    IdxFile images = IdxFile.read(find(folder, named, "train-images-idx3-ubyte"), limit, 3);
    IdxFile labels = IdxFile.read(find(folder, named, "train-labels-idx1-ubyte"), limit, 1);
    IdxFile testImages =
        IdxFile.read(find(folder, named, "t10k-images-idx3-ubyte"), Integer.MAX_VALUE, 3);
    IdxFile testLabels =
        IdxFile.read(find(folder, named, "t10k-labels-idx1-ubyte"), Integer.MAX_VALUE, 1);
    requireSameSize(images, testImages, folder);
    InputShape shape = InputShape.image(images.side(1), images.side(2));
    return LabelledData.classification(
            name(),
            shape,
            FeatureRows.ofBytes(join(images.values(), testImages.values()), shape.size()),
            toInts(join(labels.values(), testLabels.values())),
            CLASSES)
        .withTestRows(testLabels.side(0));
  }

  private static Path find(Path folder, @Nullable String named, String name) {
    Path file = IdxFile.find(folder, name);
    if (file == null) {
      throw new IllegalArgumentException(
          "Data 'fashion-mnist': %s must be in %s (with or without .gz), but is not. Maybe %s."
              .formatted(
                  name,
                  folder,
                  named == null
                      ? INSTALL + ", or set estimator.folder"
                      : "correct estimator.folder"));
    }
    return file;
  }

  private static void requireSameSize(IdxFile images, IdxFile testImages, Path folder) {
    if (images.side(1) != testImages.side(1) || images.side(2) != testImages.side(2)) {
      throw new IllegalArgumentException(
          "Data 'fashion-mnist' in %s: training and test pictures must have one size, but are %d x %d and %d x %d. Maybe a file is of another data set."
              .formatted(
                  folder, images.side(1), images.side(2), testImages.side(1), testImages.side(2)));
    }
  }

  private static byte[] join(byte[] first, byte[] second) {
    var joined = new byte[first.length + second.length];
    System.arraycopy(first, 0, joined, 0, first.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  private static int[] toInts(byte[] values) {
    var ints = new int[values.length];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = values[i] & 0xFF;
    }
    return ints;
  }
}
