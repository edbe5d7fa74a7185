/**
 * Builds images from Dockerfiles. {@link io.jdocker.runtime.build.ImageBuilder} is the whole: it
 * unpacks the context, plans which stages are needed, and runs each one's instructions; a step is
 * run unless the {@link io.jdocker.images.BuildCache} knows what comes of its inputs. Here and not
 * in images, because RUN steps are containers of this engine.
 */
package io.jdocker.runtime.build;
